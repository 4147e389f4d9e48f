// A plan for all accounts that a filter of the account list matches. It works like picking them one by one, except that
// the inactivity of the filter is a condition, as in a policy: with its margins, for all products that the action removes.

import type { ActionId } from '../model/action-id.js'
import { actions } from '../actions/index.js'
import { brandId, type AccountId } from '../model/ids.js'
import type { ConditionNode } from '../model/policy.js'
import type { Ports } from '../ports.js'
import { accountsOf, newestHead } from '../sync/snapshot-reader.js'
import type { AccountsRequest, CheckedAccountsRequest } from '../model/account-filter.js'
import { queryOf } from '../sync/account-query.js'
import { requireNames } from '../sync/filter-names.js'

/** Lists the ids of all accounts of the newest snapshot that a filter matches: exactly those of the account list. */
export async function matchingIds(request: CheckedAccountsRequest, ports: Ports): Promise<readonly AccountId[]> {
  const snapshot = await newestHead(ports)
  const { limit: _limit, after: _after, sort: _sort, ...filter } = queryOf(request, snapshot)
  const ids: AccountId[] = []
  for await (const { accountId } of accountsOf(filter, ports)) ids.push(brandId<AccountId>(accountId))
  if (ids.length === 0) await requireNames(filter, snapshot, ports)
  return ids
}

/** The condition of a filter on inactivity; undefined when it has none, or the action removes no access. */
export const conditionsOf = (
  { inactiveFor }: Pick<AccountsRequest, 'inactiveFor'>,
  action: ActionId,
): ConditionNode | undefined =>
  inactiveFor === undefined || !actions[action].removesAccess
    ? undefined
    : { condition: 'inactive-for', value: inactiveFor }
