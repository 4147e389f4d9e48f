// Account counts: what the head of a snapshot says about all its accounts. Sync counts them once, after it has read
// everything, so that they agree with the stored accounts whatever runs have changed in these meanwhile.

import { statusOf, type Account } from '../model/account.js'
import { isPerson } from '../model/person.js'
import { isPlaceholder } from '../model/plausible-instant.js'
import type { Snapshot } from '../model/snapshot.js'
import type { Instant } from '../model/time.js'
import { countInactive, countInactiveInAtlassian, isInactiveAnywhere } from './inactivity-stats.js'

/** So many accounts are counted at once. */
const portion = 1000

export type AccountCounts = Required<
  Pick<Snapshot, 'admins' | 'inactive' | 'inactiveIn' | 'people' | 'joinedUnknown' | 'unreadableAccounts'>
>

export const nothingCounted: AccountCounts = {
  admins: 0,
  inactive: 0,
  inactiveIn: {},
  people: 0,
  joinedUnknown: 0,
  unreadableAccounts: 0,
}

const isAdmin = (account: Account): boolean =>
  statusOf(account) === 'active' && account.platformRoles.some((role) => role.endsWith('/org-admin'))
const joinedAnyTime = ({ addedAt }: Account): boolean => addedAt === undefined || isPlaceholder(addedAt)
const isUnreadable = ({ unreadable = [] }: Account): boolean => unreadable.length > 0

function withPortion(before: AccountCounts, accounts: readonly Account[], now: Instant): AccountCounts {
  const persons = accounts.filter(isPerson)
  return {
    admins: before.admins + accounts.filter(isAdmin).length,
    inactive: before.inactive + accounts.filter((account) => isInactiveAnywhere(account, now)).length,
    inactiveIn: countInactiveInAtlassian(countInactive(before.inactiveIn, accounts, now), accounts, now),
    people: before.people + persons.length,
    joinedUnknown: before.joinedUnknown + persons.filter(joinedAnyTime).length,
    unreadableAccounts: before.unreadableAccounts + accounts.filter(isUnreadable).length,
  }
}

/** Counts the accounts that it is given one by one. `now` is the time to which inactivity counts. */
export function createAccountCounter(now: Instant) {
  let [counts, waiting] = [nothingCounted, [] as Account[]]
  const countWaiting = (): void => {
    counts = withPortion(counts, waiting, now)
    waiting = []
  }
  return {
    add(account: Account): void {
      waiting.push(account)
      if (waiting.length >= portion) countWaiting()
    },
    counts(): AccountCounts {
      countWaiting()
      return counts
    },
  }
}
