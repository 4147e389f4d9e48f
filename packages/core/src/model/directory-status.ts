// The status of an account in one directory. Only a read of the single account shows it; a list shows the status over all
// directories together, where "active" means active in at least one, and "suspended" suspended in every one.

import { statusOf, type Account } from './account.js'
import type { DirectoryId } from './ids.js'

export type AccountStanding = ReturnType<typeof statusOf>
/** `undecided`: a list shows the account as active, which may be in another directory. A read of the account decides. */
export type DirectoryStanding = AccountStanding | 'undecided'

const standings = { active: 'active', suspended: 'suspended', no_membership: 'not-member', unknown: 'unknown' } as const

/** True if the status over all directories contradicts those of the single directories. */
function isContradictory({ membershipStatus, directories = [] }: Account): boolean {
  const statuses = directories.map(({ status }) => status)
  if (statuses.length === 0 || statuses.includes('unknown')) return false
  if (membershipStatus === 'active') return !statuses.includes('active')
  if (statuses.includes('active')) return true
  return membershipStatus === 'suspended' && !statuses.includes('suspended')
}

/** The status of the account itself; unknown where what Atlassian says contradicts itself. */
export const standingOf = (account: Account): AccountStanding =>
  isContradictory(account) ? 'unknown' : statusOf(account)

/** The status in one directory. `several` says that the organization has more than one. */
export function standingIn(account: Account, directory: DirectoryId, several = false): DirectoryStanding {
  const standing = standingOf(account)
  if (standing === 'unknown' || standing === 'deactivated') return standing
  if (account.directories === undefined) return several && standing === 'active' ? 'undecided' : standing
  const membership = account.directories.find(({ id }) => id === directory)
  return membership === undefined ? 'not-member' : standings[membership.status]
}

/** The status in the directories together: active in any, suspended in any, both, or not known. */
export function standingsOf(account: Account, several = false) {
  const standing = standingOf(account)
  const statuses = account.directories?.map(({ status }) => status)
  const undecided = statuses === undefined && several && standing === 'active'
  return {
    standing,
    /** True where one directory is unknown. */
    partlyUnknown: statuses?.includes('unknown') === true,
    active: statuses?.includes('active') ?? standing === 'active',
    suspended: undecided || (statuses?.includes('suspended') ?? standing === 'suspended'),
  }
}
