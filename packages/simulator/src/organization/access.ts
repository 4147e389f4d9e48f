// Effective access: account active, membership active, and a group or a direct role that grants it.

import type { Account, Grant, Group, Organization, Workspace } from './organization.js'

export type MembershipStatus = 'active' | 'suspended' | 'no_membership'
/** The parts of an organization that decide about access. */
export interface AccessSource {
  readonly groups: ReadonlyMap<string, Group>
  readonly workspaces: readonly Workspace[]
}

/** Roles that do not take a seat. */
const rolesWithoutSeat = ['guest', 'customer', 'contributor', 'basic', 'stakeholder', 'user-access-admin']
export const takesSeat = (role: string): boolean => !rolesWithoutSeat.includes(role.replace('atlassian/', ''))

/** Suspended only when every directory says so. */
export function membershipOf(account: Account): MembershipStatus {
  let found: MembershipStatus = 'no_membership'
  for (const { status } of account.memberships.values()) {
    if (status === 'active') return 'active'
    found = 'suspended'
  }
  return found
}

/** The composite status of the admin API. */
export function statusOf(account: Account): 'active' | 'suspended' | 'deactivated' | 'not_invited' | 'for_deletion' {
  if (account.deletionAt !== undefined) return 'for_deletion'
  if (account.accountStatus !== 'active') return 'deactivated'
  const membership = membershipOf(account)
  return membership === 'no_membership' ? 'not_invited' : membership
}

/** The grants of an account from groups and direct roles, even if it may not use them now. */
export function* grantsOf(account: Account, { groups }: Pick<AccessSource, 'groups'>): Generator<Grant> {
  for (const id of account.groups) yield* groups.get(id)?.grants ?? []
  yield* account.direct
}

/** Whether an account holds a role without a group. */
export const holdsDirectly = ({ direct }: Account, ari: string, role: string): boolean =>
  direct.some((one) => one.ari === ari && one.role === role)
/** Gives a role without a group. */
export function giveDirectly(account: Account, ari: string, role: string): void {
  if (!holdsDirectly(account, ari, role)) account.direct = [...account.direct, { ari, role, isDefault: false }]
}

/** The granted ARIs, even if the account may not use them now. */
export function grantedTo(account: Account, ground: Pick<AccessSource, 'groups'>): Set<string> {
  const aris = new Set<string>()
  for (const { ari } of grantsOf(account, ground)) aris.add(ari)
  return aris
}

/** Whether an account may use its grants on a workspace. */
export const canUse = (account: Account, workspace: Workspace | undefined): boolean =>
  account.accountStatus === 'active' &&
  workspace !== undefined &&
  account.memberships.get(workspace.directoryId)?.status === 'active'

/** Whether the account can use the workspace now. */
export const hasAccess = (account: Account, ari: string, ground: AccessSource): boolean =>
  canUse(
    account,
    ground.workspaces.find((one) => one.ari === ari),
  ) && grantedTo(account, ground).has(ari)

/** Seats used on a workspace, from the running counter. */
const seatsUsed = (ari: string, { tally }: Pick<Organization, 'tally'>): number => tally.seats(ari)

/** Whether these roles would exceed the capacity of a workspace. */
export function overCapacity(account: Account, grants: Iterable<Grant>, organization: Organization): boolean {
  const held = new Set<string>()
  for (const { ari, role } of grantsOf(account, organization)) if (takesSeat(role)) held.add(ari)
  for (const { ari, role } of grants) {
    const workspace = organization.workspaces.find((one) => one.ari === ari)
    const capacity = workspace?.capacity ?? null
    if (capacity === null || !takesSeat(role)) continue
    const seated = held.has(ari) && canUse(account, workspace)
    if (!seated && seatsUsed(ari, organization) >= capacity) return true
  }
  return false
}
export const isOrgAdmin = (account: Account): boolean => account.orgRoles.has('atlassian/org-admin')
/** Whether the admin API lists the account: directory users, and managed accounts even without a directory. */
export const isListed = (account: Account): boolean => account.managed || account.memberships.size > 0
