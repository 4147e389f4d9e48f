// From an account to its rows: the document, and the columns that filter and sort it.

import { lastActiveAnywhere, quietFrom, statusOf, type Account, type LastActive, type SnapshotId } from '@rollcall/core'
import type { Insertable } from 'kysely'
import { toDocument } from './document.js'
import type { AccountGroupRow, AccountProductRow, AccountRow } from './schema.js'

// Later than any instant: an account whose activity is unknown is never "inactive before".
export const neverInactive = Number.MAX_SAFE_INTEGER

/**
 * The form in which names are compared: as long as the key columns are, never ending with half a character, and without
 * spaces at its end, which some engines overlook.
 */
export const keyText = (text: string): string =>
  text
    .toLowerCase()
    .slice(0, 255)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()

/** What activity is sorted and filtered by. */
const activityColumns = (last: LastActive) => ({
  last_active: last.kind === 'at' ? last.at : 0,
  inactive_since: quietFrom(last) ?? neverInactive,
})

/** The row of an account, with its key columns. */
export function accountRow(id: SnapshotId, account: Account): Insertable<AccountRow> {
  const last = lastActiveAnywhere(account)
  return {
    snapshot_id: id,
    account_id: account.accountId,
    name_lower: keyText(account.name),
    // A line break between them, so that no search matches across.
    search_lower: `${account.name}\n${account.email}`.toLowerCase(),
    status: statusOf(account),
    managed: account.managed ? 1 : 0,
    last_active_kind: last.kind,
    ...activityColumns(last),
    doc: toDocument(account),
  }
}

/** The rows of an account's product access. */
export const productRows = (id: SnapshotId, account: Account): readonly Insertable<AccountProductRow>[] =>
  account.products.map(({ site, product, lastActive }) => ({
    snapshot_id: id,
    account_id: account.accountId,
    site,
    product,
    ...activityColumns(lastActive),
  }))

/** The rows of an account's groups. */
export const groupRows = (id: SnapshotId, account: Account): readonly Insertable<AccountGroupRow>[] =>
  account.groups.map(({ name }) => ({ snapshot_id: id, account_id: account.accountId, group_lower: keyText(name) }))
