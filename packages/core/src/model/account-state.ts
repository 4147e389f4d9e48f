// Account state: what an undo has to restore. Rollcall captures it when it writes the intent.

import type { Account, AccountStatus, MembershipStatus } from './account.js'
import type { DirectoryId, GroupId, WorkspaceAri } from './ids.js'

export interface AccountState {
  readonly accountStatus: AccountStatus | 'unknown'
  readonly directories: readonly { readonly id: DirectoryId; readonly status: MembershipStatus | 'unknown' }[]
  readonly groups: readonly GroupId[]
  readonly platformRoles: readonly string[]
  readonly products: readonly WorkspaceAri[]
}

/** Captures the state of an account as it is now. */
export const stateOf = (account: Account): AccountState => ({
  accountStatus: account.accountStatus,
  directories: account.directories ?? [],
  groups: account.groups.map(({ id }) => id),
  platformRoles: account.platformRoles,
  products: account.products.map(({ workspace }) => workspace),
})

const missing = (kind: string, before: readonly string[], now: readonly string[]): readonly string[] => {
  const lost = before.filter((one) => !now.includes(one))
  return lost.length === 0 ? [] : [`${kind} ${lost.join(', ')}`]
}

/** Lists what the account had and no longer has. Additions do not count. */
function lostSince(before: AccountState, account: Account): readonly string[] {
  const now = stateOf(account)
  const memberships = ({ directories }: AccountState) => directories.map(({ id, status }) => `${status} in ${id}`)
  return [
    ...(before.accountStatus === now.accountStatus ? [] : [`account status ${before.accountStatus}`]),
    ...missing('membership', memberships(before), memberships(now)),
    ...missing('group', before.groups, now.groups),
    ...missing('role', before.platformRoles, now.platformRoles),
    ...missing('product', before.products, now.products),
  ]
}

/** Describes for the admin what an undo did not restore; undefined when it restored everything. */
export function describeUnrestored(before: AccountState | undefined, account: Account): string | undefined {
  const lost = before === undefined ? [] : lostSince(before, account)
  return lost.length === 0 ? undefined : `not fully restored, missing: ${lost.join('; ')}`
}
