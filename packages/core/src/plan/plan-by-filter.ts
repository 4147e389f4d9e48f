// Everybody whom a filter of the account list matches, picked as by hand: the same plan, the same guard. What the filter
// says of inactivity is a condition, as in a policy: with its margins, and of all that the action takes.

import type { ActionId } from '../model/action-id.js'
import { actions } from '../actions/index.js'
import { brandId, type AccountId } from '../model/ids.js'
import type { ConditionNode } from '../model/policy.js'
import type { Ports } from '../ports.js'
import { accountsOf, newestSnapshot } from '../sync/snapshot-reader.js'
import type { AccountsRequest, CheckedAccountsRequest } from '../model/account-filter.js'
import { queryOf } from '../sync/account-query.js'

/** The ids of all accounts of the newest snapshot that a filter matches: exactly those whom the list shows. */
export async function matchingIds(request: CheckedAccountsRequest, ports: Ports): Promise<readonly AccountId[]> {
  const { limit: _limit, after: _after, sort: _sort, ...filter } = queryOf(request, await newestSnapshot(ports))
  const ids: AccountId[] = []
  for await (const { accountId } of accountsOf(filter, ports)) ids.push(brandId<AccountId>(accountId))
  return ids
}

/** What a filter asks of everybody it matches, where an action takes away from them. */
export const conditionsOf = (
  { inactiveFor }: Pick<AccountsRequest, 'inactiveFor'>,
  action: ActionId,
): ConditionNode | undefined =>
  inactiveFor === undefined || !actions[action].removesAccess
    ? undefined
    : { condition: 'inactive-for', value: inactiveFor }
