// Names of accounts: from the newest snapshot, or from an older one that still has the account.

import type { AccountId, SnapshotId } from '../model/ids.js'
import type { Ports } from '../ports.js'

/** Name and email of an account; both are empty when no snapshot has the account any more. */
export interface Named {
  readonly name: string
  readonly email: string
}

/** Finds the names and emails of accounts. */
export async function namesIn(
  accountIds: readonly AccountId[],
  snapshots: readonly SnapshotId[],
  { store }: Pick<Ports, 'store'>,
): Promise<ReadonlyMap<AccountId, Named>> {
  const found = new Map<AccountId, Named>()
  for (const snapshot of snapshots) {
    const missing = accountIds.filter((id) => !found.has(id))
    if (missing.length === 0) break
    for (const { accountId, name, email } of await store.someAccounts(snapshot, missing))
      found.set(accountId, { name, email })
  }
  for (const id of accountIds) if (!found.has(id)) found.set(id, { name: '', email: '' })
  return found
}

/** Lists the account ids of a snapshot that match a search; undefined without a search: then all match. */
export async function idsMatching(
  search: string | undefined,
  snapshotId: SnapshotId | undefined,
  { store }: Pick<Ports, 'store'>,
): Promise<ReadonlySet<string> | undefined> {
  if (search === undefined || search === '') return undefined
  const ids = new Set<string>()
  for (let after: string | undefined; snapshotId !== undefined;) {
    const page = await store.accounts({ snapshotId, search, limit: 1000, ...(after === undefined ? {} : { after }) })
    for (const { accountId } of page.accounts) ids.add(accountId)
    after = page.next
    if (after === undefined) break
  }
  return ids
}
