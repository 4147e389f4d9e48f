// Running counters of seats and members, so that nothing scans all accounts to count them.

import { grantsOf, isListed, canUse, takesSeat, type AccessSource } from './access.js'
import type { Account, Tally } from './organization.js'

/** Makes the counters over an organization's people. */
export function createTally(ground: AccessSource & { readonly accounts: readonly Account[] }): Tally {
  const counts = new Map<string, number>()
  const workspaces = new Map(ground.workspaces.map((one) => [one.ari, one]))
  const add = (name: string, step: number) => counts.set(name, (counts.get(name) ?? 0) + step)
  const get = (name: string) => counts.get(name) ?? 0
  function count(account: Account, step: 1 | -1) {
    if (isListed(account)) add('listed', step)
    if (account.managed) add('managed', step)
    for (const id of account.groups) add(id, step)
    if (account.accountStatus !== 'active') return
    const names = new Set<string>()
    for (const { ari, role } of grantsOf(account, ground)) {
      if (!canUse(account, workspaces.get(ari))) continue
      names.add(`${ari} ${role}`)
      if (takesSeat(role)) names.add(ari)
    }
    for (const name of names) add(name, step)
  }
  for (const account of ground.accounts) count(account, 1)
  return {
    count,
    seats: get,
    holders: (ari, role) => get(`${ari} ${role}`),
    members: get,
    listed: () => get('listed'),
    managed: () => get('managed'),
  }
}
