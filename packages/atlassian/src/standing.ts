// One account's standing: its directories, the resources where it is an admin, and the roles that no group gives it.

import { brandId, type Account, type AccountId, type DirectoryId, type WorkspaceAri } from '@rollcall/core'
import { membershipOf } from './accounts.js'
import type { Http } from './http.js'
import { readAll, withCursor } from './pages.js'
import { isAdminRole, isInProduct } from './roles.js'
import { directoriesAnswer, userRolesAnswer, type UserRoleRow } from './schemas.js'

export type Standing = Required<Pick<Account, 'directories' | 'ownRoles'>> & { readonly adminRoles: readonly string[] }

interface StandingSite {
  readonly http: Http
  /** `/admin/v2/orgs/{orgId}`. */
  readonly base: string
  readonly key: string
}

/**
 * The roles of a row, each with the ways in which it is held. Atlassian supersedes `roles` by `roleAssignments`, and
 * either may come alone: a role that only the former names is held in a way that nobody told.
 */
function rolesOf({ roles, roleAssignments }: UserRoleRow) {
  const told = (roleAssignments ?? []).map(({ role, roleAssignmentMethods }) => ({
    role,
    ways: roleAssignmentMethods ?? [],
  }))
  const named = new Set(told.map(({ role }) => role))
  return [...told, ...(roles ?? []).filter((role) => !named.has(role)).map((role) => ({ role, ways: [] }))]
}
/** A role is taken for the account's own, which spares it, unless groups are named as the only way to it. */
const isOwn = ({ ways }: { readonly ways: readonly string[] }): boolean =>
  ways.length === 0 || ways.some((way) => way !== 'group_direct')

/** Reads an account's standing; `composite` is its membership over all directories together. */
export async function readStanding(
  accountId: AccountId,
  composite: string,
  { http, base, key }: StandingSite,
): Promise<Standing> {
  const id = encodeURIComponent(accountId)
  const roles = await readAll(http, userRolesAnswer, (cursor) => ({
    method: 'GET',
    path: withCursor(`${base}/directories/-/users/${id}/role-assignments?limit=100`, cursor),
    key,
  }))
  const own = await readAll(http, directoriesAnswer, (cursor) => ({
    method: 'GET',
    path: withCursor(`${base}/directories?limit=100&accountId=${id}`, cursor),
    key,
  }))
  const told = new Map(roles.map(({ directoryId, userDirectoryStatus }) => [directoryId, userDirectoryStatus]))
  const all = new Set([...told.keys(), ...own.map(({ directoryId }) => directoryId)].filter((one) => one != null))
  const held = roles
    .filter(({ resourceOwner }) => !isInProduct(resourceOwner))
    .map((row) => ({ resource: row.resourceId ?? '', roles: rolesOf(row) }))
  return {
    // Over several directories the composite says nothing of each: only in a single one do they mean the same.
    directories: [...all].map((directory) => ({
      id: brandId<DirectoryId>(directory),
      status: membershipOf(told.get(directory) ?? (all.size === 1 ? composite : 'unknown')),
    })),
    adminRoles: [...new Set(held.flatMap((one) => one.roles.map(({ role }) => role).filter(isAdminRole)))],
    ownRoles: held.filter((one) => one.roles.some(isOwn)).map(({ resource }) => brandId<WorkspaceAri>(resource)),
  }
}
