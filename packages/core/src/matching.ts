// Everybody whom a filter of the account list matches, picked as by hand: the same plan, the same guard.

import { brandId, type AccountId } from './ids.js'
import { queryOf } from './listing.js'
import { accountsOf, newestSnapshot } from './planning.js'
import type { Ports } from './ports.js'
import type { CheckedAccountsRequest } from './requests.js'

/** The ids of all accounts of the newest snapshot that a filter matches: exactly those whom the list shows. */
export async function matchingIds(request: CheckedAccountsRequest, ports: Ports): Promise<readonly AccountId[]> {
  const { limit: _limit, after: _after, sort: _sort, ...filter } = queryOf(request, await newestSnapshot(ports))
  const ids: AccountId[] = []
  for await (const { accountId } of accountsOf(filter, ports)) ids.push(brandId<AccountId>(accountId))
  return ids
}
