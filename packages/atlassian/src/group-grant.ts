// A group and what it grants, from its row in a search and from its roles.

import {
  brandId,
  isAdminRole,
  type DirectoryId,
  type GroupGrant,
  type GroupId,
  type WorkspaceAri,
} from '@rollcall/core'
import type { z } from 'zod'
import { holdsSeat } from './roles.js'
import type { groupRolesResponse, groupsResponse } from './schemas.js'

export type GroupRow = z.output<typeof groupsResponse>['data'][number]
export type GroupRole = NonNullable<z.output<typeof groupRolesResponse>['data'][number]>
type Roles = Pick<GroupGrant, 'isDefault' | 'grants' | 'alsoGrants' | 'adminRoles' | 'unreadable'>

const resourcesOf = (roles: readonly GroupRole[]): readonly WorkspaceAri[] => [
  ...new Set(roles.map(({ resourceId }) => brandId<WorkspaceAri>(resourceId))),
]

/** What the roles of a group grant. */
export function grantedBy(roles: readonly GroupRole[]): Roles {
  const seats = roles.filter((one) => one.resourceOwner !== 'platform' && one.roles.some((role) => holdsSeat(role)))
  const grants = resourcesOf(seats)
  return {
    isDefault: roles.some(({ defaultRole }) => typeof defaultRole === 'string'),
    grants,
    alsoGrants: resourcesOf(roles.filter(({ resourceId }) => !grants.some((one) => one === resourceId))),
    adminRoles: [...new Set(roles.flatMap((one) => one.roles.filter(isAdminRole)))],
  }
}

/** True if Rollcall can read what a group grants: its roles lie below its directory and its id. */
export const isReadable = ({ id, directoryId }: Pick<GroupRow, 'id' | 'directoryId'>): boolean =>
  id !== '' && typeof directoryId === 'string' && directoryId !== ''

/** What the row of a group says about it. */
function describedBy({ id, name, directoryId, managementAccess, externalSynced, managedBy }: GroupRow) {
  return {
    id: brandId<GroupId>(id),
    name: name ?? '',
    directoryId: brandId<DirectoryId>(directoryId ?? ''),
    // A group without a name cannot be protected or excluded by it, so nobody is taken out of it.
    modifiable:
      isReadable({ id, directoryId }) &&
      typeof name === 'string' &&
      managementAccess?.modifiable === true &&
      externalSynced !== true &&
      managedBy !== 'external',
  }
}

/** How many resources the group has a role on; undefined where Atlassian does not say. */
export const resourceCount = ({ counts }: GroupRow): number | undefined => counts?.resources ?? undefined

export const grantOf = (row: GroupRow, granted: Roles): GroupGrant => {
  const { isDefault, grants, alsoGrants = [], adminRoles = [], unreadable } = granted
  const read = { ...describedBy(row), isDefault, grants, alsoGrants, adminRoles }
  // Nobody joins or leaves a group of which Rollcall does not know what it grants.
  return unreadable === true || !isReadable(row) ? { ...read, modifiable: false, unreadable: true } : read
}

/** True if a group grants a role on the product, or makes its members admins of something. */
export const grantsRoleOn = (ari: WorkspaceAri, { grants, alsoGrants = [], adminRoles = [] }: GroupGrant): boolean =>
  grants.includes(ari) || (adminRoles.length > 0 && alsoGrants.includes(ari))

/**
 * True if the row of a group differs from what is known of it, or if other products list it than the ones that it is
 * known to grant a role on: then its roles may have changed too.
 */
export function hasChanged(
  row: GroupRow,
  listedFor: ReadonlySet<WorkspaceAri>,
  all: readonly WorkspaceAri[],
  known: GroupGrant,
) {
  const now = grantOf(row, known)
  const resources = new Set<string>([...known.grants, ...(known.alsoGrants ?? [])])
  return (
    now.name !== known.name ||
    now.directoryId !== known.directoryId ||
    now.modifiable !== known.modifiable ||
    resourceCount(row) !== known.rolesRead?.resources ||
    // A role inside a product lists the group there, and is not among its grants.
    all.some((ari) => resources.has(ari) && !listedFor.has(ari)) ||
    [...listedFor].some((ari) => !resources.has(ari) && known.rolesRead?.listedFor?.includes(ari) !== true)
  )
}
