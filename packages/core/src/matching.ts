// Everybody whom a filter of the account list matches, picked as by hand: the same plan, the same guard.

import { brandId, type AccountId } from './ids.js'
import { accountsOf, newestSnapshot } from './planning.js'
import type { AccountQuery, Ports } from './ports.js'

/** The ids of all accounts of the newest snapshot that a filter matches. */
export async function matchingIds(
  filter: Omit<AccountQuery, 'snapshotId' | 'limit' | 'after' | 'sort'>,
  ports: Ports,
): Promise<readonly AccountId[]> {
  const snapshot = await newestSnapshot(ports)
  const ids: AccountId[] = []
  for await (const { accountId } of accountsOf({ ...filter, snapshotId: snapshot.id }, ports))
    ids.push(brandId<AccountId>(accountId))
  return ids
}
