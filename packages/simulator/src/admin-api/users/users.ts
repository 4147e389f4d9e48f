// Users of the directories: search, list, count, figures, details.

import { membershipOf, statusOf } from '../../organization/access.js'
import { queryRecord, seenAccount, type Call } from '../../http/call.js'
import { texts } from '../../http/call.js'
import { sortOf, wordsOf } from '../../http/parameters.js'
import { ok, type Answer } from '../../http/responses.js'
import type { Account } from '../../organization/organization.js'
import { askedPage, pageOf } from '../../http/paging.js'
import { listed } from '../../organization/access.js'
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

function everybody({ organization, behaviour }: Call, asked: Readonly<Record<string, unknown>>): readonly Account[] {
  const ids = texts(asked, 'accountIds')
  if (ids !== undefined) return ids.flatMap((id) => organization.byId.get(id) ?? [])
  const people = behaviour.listOthers ? [...organization.accounts, ...organization.others] : organization.accounts
  const sort = sortOf(asked, 'nick_name')
  if (sort === undefined) return people
  return sort === 'asc' ? byNickname(people) : [...byNickname(people)].reverse()
}

/** POST …/users/search, and the deprecated GET …/users. */
export function searchUsers(call: Call): Answer {
  const list = `users ${directoryOf(call)}`
  const page = askedPage(call, list, { standard: call.method === 'GET' ? 20 : 50, most: 100 })
  const expand = new Set(wordsOf(page.asked, 'expand', expandable))
  const fits = userFilter(call, page.asked)
  const { data, links } = pageOf(call, page, everybody(call, page.asked), (account) => {
    const seen = call.changes.seen(account)
    return seen !== undefined && fits(seen) ? seen : undefined
  })
  return ok({ data: data.map((account) => userRow(account, call.organization, expand)), links })
}

/** The count from a running counter, where there is one for what is asked. */
function counted({ organization, behaviour, changes, params }: Call, asked: Readonly<Record<string, unknown>>) {
  const { tally, directories } = organization
  const wide = params['directoryId'] === '-' || directories.length === 1
  if (behaviour.listOthers || !wide || changes.pending()) return undefined
  const names = Object.keys(asked).sort().join()
  if (names === '') return tally.listed()
  const { resourceIds, roleIds, status } = asked
  const one = typeof resourceIds === 'string' && typeof roleIds === 'string' && status === 'active'
  return one && names === 'resourceIds,roleIds,status' ? tally.holders(resourceIds, roleIds) : undefined
}

/** GET …/users/count. */
export function countUsers(call: Call): Answer {
  directoryOf(call)
  const asked = queryRecord(call.query)
  const known = counted(call, asked)
  if (known !== undefined) return ok({ count: known })
  const fits = userFilter(call, asked)
  let count = 0
  for (const account of everybody(call, asked)) {
    const seen = call.changes.seen(account)
    if (seen !== undefined && fits(seen)) count += 1
  }
  return ok({ count })
}

/** GET …/users/stats. */
export function userStats(call: Call): Answer {
  directoryOf(call)
  const fits = userFilter(call, {})
  const [statuses, roles] = [new Map<string, number>(), new Map<string, number>()]
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
  for (const account of call.organization.accounts) {
    const seen = call.changes.seen(account)
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
export function userDetails(call: Call): Answer {
  directoryOf(call)
  const account = seenAccount(call, call.params['accountId'] ?? '')
  if (account === undefined || !listed(account)) return unknownUser
  const { links: _, ...data } = userRow(account, call.organization, new Set(['platformRoles', 'counts.resources']))
  const deactivatedOn = account.deactivatedAt === undefined ? null : iso(account.deactivatedAt)
  return ok({ data: { ...data, deactivatedOn } })
}
