// Effective access: account active, membership active, and a group that grants it.

import type { Account, Organization } from './organization.js'

/** The composite status of the admin API. */
export function statusOf(account: Account): 'active' | 'suspended' | 'deactivated' | 'not_invited' {
  if (account.accountStatus !== 'active') return 'deactivated'
  const membership = membershipOf(account)
  return membership === 'no_membership' ? 'not_invited' : membership
}

/** Suspended only where every directory says so. */
export function membershipOf(account: Account): 'active' | 'suspended' | 'no_membership' {
  const states = [...account.memberships.values()].map(({ status }) => status)
  if (states.length === 0) return 'no_membership'
  return states.includes('active') ? 'active' : 'suspended'
}

/** ARIs that some group of the account grants, whether it may use them now or not. */
export const grantedTo = (account: Account, organization: Organization): Set<string> =>
  new Set([...account.groups].flatMap((id) => organization.groups.get(id)?.grants.map(({ ari }) => ari) ?? []))

/** Whether the account can use the workspace now, and so holds a seat. */
export function hasAccess(account: Account, ari: string, organization: Organization): boolean {
  const workspace = organization.workspaces.find((one) => one.ari === ari)
  if (account.accountStatus !== 'active' || workspace === undefined) return false
  if (account.memberships.get(workspace.directoryId)?.status !== 'active') return false
  return grantedTo(account, organization).has(ari)
}

/** Seats used on a workspace. */
export const seatsUsed = (ari: string, organization: Organization): number =>
  organization.accounts.filter((account) => hasAccess(account, ari, organization)).length

/** The workspaces that one more person with these grants would push over their capacity. */
export const overCapacity = (aris: Iterable<string>, organization: Organization): boolean =>
  [...aris].some((ari) => {
    const capacity = organization.workspaces.find((one) => one.ari === ari)?.capacity ?? null
    return capacity !== null && seatsUsed(ari, organization) >= capacity
  })
