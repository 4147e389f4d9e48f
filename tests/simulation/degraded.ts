// Degraded upstream: columns that are empty for everybody or for some, and null where a value was. Rollcall must hold
// whom it no longer knows.

import type { Account } from '@rollcall/core'
import type { Bites } from './faults.js'
import type { Weather } from './weather.js'

export const columns = ['groups', 'roles', 'activity', 'joined'] as const
export const nullable = ['source', 'status', 'claim', 'groups'] as const

/** Some accounts, the same ones at every read. */
export const isSome = (id: string): boolean => (id.codePointAt(id.length - 1) ?? 0) % 2 === 0

/** Whether the weather takes a column, or a value, from an account. */
export const isEmptied = ({ emptied, emptiedFor }: Weather, id: string): boolean =>
  emptied !== '' && (emptiedFor === 'everybody' || isSome(id))
export const isNulled = ({ nulled }: Weather, id: string): boolean => nulled !== '' && isSome(id)

const never = ({ addedAt }: Account) =>
  addedAt === undefined
    ? ({ kind: 'unknown', why: 'Atlassian does not say when the account joined' } as const)
    : ({ kind: 'never', since: addedAt } as const)

/** Without groups, a product that an account has used is one without known access. */
const withoutGroups = (account: Account): Account => {
  const { products, ...rest } = account
  return { ...rest, groups: [], products: [], usedOnly: products.filter(({ lastActive }) => lastActive.kind === 'at') }
}

const without: Readonly<Record<(typeof columns)[number], (account: Account) => Account>> = {
  groups: withoutGroups,
  roles: (account) => ({ ...account, platformRoles: [] }),
  activity: (account) => {
    const { elsewhere: _elsewhere, usedOnly: _used, ...rest } = account
    return { ...rest, products: account.products.map((one) => ({ ...one, lastActive: never(account) })) }
  },
  joined: (account) => ({ ...account, addedAt: undefined }),
}

const withNull: Readonly<Record<(typeof nullable)[number], (account: Account) => Account>> = {
  source: (account) => ({ ...account, synced: false, sourceUnknown: true }),
  status: (account) => ({ ...account, accountStatus: 'unknown', membershipStatus: 'unknown' }),
  claim: (account) => ({ ...account, managed: false, claimUnknown: true }),
  groups: (account) => ({ ...withoutGroups(account), unreadable: ['groups'] }),
}

/** The account as Atlassian shows it in this weather. */
export function degraded(account: Account, weather: Weather, bites: Bites): Account {
  let shown = account
  const { emptied, emptiedFor, nulled } = weather
  if (emptied !== '' && isEmptied(weather, account.accountId)) {
    bites[emptiedFor === 'everybody' ? 'F30 a column empty for everybody' : 'F30 a column empty for some'] += 1
    shown = without[emptied](shown)
  }
  if (nulled !== '' && isNulled(weather, account.accountId)) {
    bites['F31 null where a value was'] += 1
    shown = withNull[nulled](shown)
  }
  return shown
}
