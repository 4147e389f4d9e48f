// The rows of an account: the document, and the columns that filter and sort.

import {
  believed,
  foldName,
  lastActiveAnywhere,
  inactiveFrom,
  statusOf,
  type Account,
  type LastActive,
  type SnapshotId,
} from '@rollcall/core'
import type { Insertable } from 'kysely'
import { toDocument } from './document.js'
import type { AccountGroupRow, AccountProductRow, AccountRow } from './schema.js'

// Later than any instant, so that an account with unknown activity never matches "inactive before".
export const neverInactive = Number.MAX_SAFE_INTEGER

/**
 * The form in which names are compared: no longer than a key column, without half a character at the end, and without
 * trailing spaces, which some engines ignore.
 */
export const keyText = (text: string): string =>
  text
    .toLowerCase()
    .slice(0, 255)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()

/** The form in which names of groups are compared. */
const groupKey = (name: string): string => keyText(foldName(name))

/** The keys under which a group may be stored: snapshots of earlier versions only ignore the case. */
export const groupKeys = (name: string): readonly string[] => [...new Set([groupKey(name), keyText(name)])]

/** The form in which a search compares text: without case, on one line. */
export const searchText = (text: string): string => text.toLowerCase().replaceAll('\n', ' ')

/** The columns that sort and filter by activity. */
function activityColumns(shown: LastActive) {
  const last = believed(shown)
  return { last_active: last.kind === 'at' ? last.at : 0, inactive_since: inactiveFrom(last) ?? neverInactive }
}

/** The row of an account, with its key columns. */
export function accountRow(id: SnapshotId, account: Account): Insertable<AccountRow> {
  const last = lastActiveAnywhere(account)
  return {
    snapshot_id: id,
    account_id: account.accountId,
    name_lower: keyText(account.name),
    // A line break between name and e-mail, so that no search matches across both.
    search_lower: `${searchText(account.name)}\n${searchText(account.email)}`,
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
  account.groups.map(({ name }) => ({ snapshot_id: id, account_id: account.accountId, group_lower: groupKey(name) }))
