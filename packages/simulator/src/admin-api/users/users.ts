// Users of the directories: search, list, count, figures, details.

import { membershipOf, statusOf } from '../../organization/access.js'
import { queryRecord, visibleAccount, type Call } from '../../http/call.js'
import { texts } from '../../http/call.js'
import { readSort, readWords } from '../../http/parameters.js'
import { ok, type ApiResponse } from '../../http/responses.js'
import type { Account } from '../../organization/organization.js'
import { readPageRequest, pageOf } from '../../http/paging.js'
import { isListed } from '../../organization/access.js'
import { userFilter } from './user-filter.js'
import { expandable, iso, userRow } from './user-row.js'
import { directoryOf, unknownUser } from '../directory.js'

const sorted = new WeakMap<readonly Account[], { size: number; byNickname: readonly Account[] }>()
/** People by nickname; sorted once until somebody joins. */
function byNickname(accounts: readonly Account[]): readonly Account[] {
  const known = sorted.get(accounts)
  if (known?.size === accounts.length) return known.byNickname
  const order = [...accounts].sort((a, b) => (a.nickname < b.nickname ? -1 : a.nickname > b.nickname ? 1 : 0))
  sorted.set(accounts, { size: accounts.length, byNickname: order })
  return order
}

function candidates(
  { organization, behaviour }: Call,
  parameters: Readonly<Record<string, unknown>>,
): readonly Account[] {
  const ids = texts(parameters, 'accountIds')
  if (ids !== undefined) return ids.flatMap((id) => organization.byId.get(id) ?? [])
  const people = behaviour.listOthers ? [...organization.accounts, ...organization.others] : organization.accounts
  const sort = readSort(parameters, 'nick_name')
  if (sort === undefined) return people
  return sort === 'asc' ? byNickname(people) : [...byNickname(people)].reverse()
}

/** POST …/users/search, and the deprecated GET …/users. */
export function searchUsers(call: Call): ApiResponse {
  const list = `users ${directoryOf(call)}`
  const page = readPageRequest(call, list, { standard: call.method === 'GET' ? 20 : 50, most: 100 })
  const expand = new Set(readWords(page.parameters, 'expand', expandable))
  const fits = userFilter(call, page.parameters)
  const { data, links } = pageOf(call, page, candidates(call, page.parameters), (account) => {
    const seen = call.changes.visible(account)
    return seen !== undefined && fits(seen) ? seen : undefined
  })
  return ok({ data: data.map((account) => userRow(account, call, expand)), links })
}

/** The count from a running counter; undefined when no counter matches the parameters. */
function counted({ organization, behaviour, changes, params }: Call, parameters: Readonly<Record<string, unknown>>) {
  const { tally, directories } = organization
  const wide = params['directoryId'] === '-' || directories.length === 1
  if (behaviour.listOthers || !wide || changes.pending()) return undefined
  const names = Object.keys(parameters).sort().join()
  if (names === '') return tally.listed()
  const { resourceIds, roleIds, status } = parameters
  const one = typeof resourceIds === 'string' && typeof roleIds === 'string' && status === 'active'
  return one && names === 'resourceIds,roleIds,status' ? tally.holders(resourceIds, roleIds) : undefined
}

/** GET …/users/count. */
export function countUsers(call: Call): ApiResponse {
  directoryOf(call)
  const parameters = queryRecord(call.query)
  const known = counted(call, parameters)
  if (known !== undefined) return ok({ count: known })
  const fits = userFilter(call, parameters)
  let count = 0
  for (const account of candidates(call, parameters)) {
    const seen = call.changes.visible(account)
    if (seen !== undefined && fits(seen)) count += 1
  }
  return ok({ count })
}

/** GET …/users/stats. */
export function userStats(call: Call): ApiResponse {
  directoryOf(call)
  const fits = userFilter(call, {})
  const [statuses, roles] = [new Map<string, number>(), new Map<string, number>()]
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
  for (const account of call.organization.accounts) {
    const seen = call.changes.visible(account)
    if (seen === undefined || !fits(seen)) continue
    add(statuses, seen.accountStatus)
    for (const role of seen.orgRoles) add(roles, role)
    if (statusOf(seen) === 'active' && membershipOf(seen) === 'active') add(roles, 'atlassian/user')
  }
  return ok({
    accountStatus: [...statuses].map(([status, count]) => ({ status, count })),
    roles: [...roles].map(([roleId, count]) => ({ roleId, count })),
  })
}

/** GET …/users/{accountId}. */
export function userDetails(call: Call): ApiResponse {
  directoryOf(call)
  const account = visibleAccount(call, call.params['accountId'] ?? '')
  if (account === undefined || !isListed(account)) return unknownUser
  const { links: _, ...data } = userRow(account, call, new Set(['platformRoles', 'counts.resources']))
  const deactivatedOn = account.deactivatedAt === undefined ? null : iso(account.deactivatedAt)
  return ok({ data: { ...data, deactivatedOn } })
}
