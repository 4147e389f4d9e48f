// The roles of an account: its directories, where it is an admin, and the roles that it has without a group.

import { brandId, isAdminRole, type Account, type AccountId, type DirectoryId, type WorkspaceAri } from '@rollcall/core'
import { membershipOf } from './accounts.js'
import type { Http } from './http.js'
import { readAll, withCursor } from './pages.js'
import { isInProduct } from './roles.js'
import { directoriesResponse, userRolesResponse, type UserRoleRow } from './schemas.js'

export type AccountRoles = Required<Pick<Account, 'directories' | 'ownRoles'>> & {
  readonly adminRoles: readonly string[]
  /** A group gives it a role, whatever its row says about its groups. */
  readonly hasGroupRole: boolean
}

interface AccountRolesContext {
  readonly http: Http
  /** `/admin/v2/orgs/{orgId}`. */
  readonly base: string
  readonly key: string
}

/**
 * The roles of a row, each with the ways in which the account has it. Atlassian replaces `roles` with `roleAssignments`,
 * and a response may have either one. A role that only `roles` names has no known way.
 */
function rolesOf({ roles, roleAssignments }: UserRoleRow) {
  const assigned = (roleAssignments ?? []).map(({ role, roleAssignmentMethods }) => ({
    role,
    ways: roleAssignmentMethods ?? [],
  }))
  const named = new Set(assigned.map(({ role }) => role))
  return [...assigned, ...(roles ?? []).filter((role) => !named.has(role)).map((role) => ({ role, ways: [] }))]
}
/** A role counts as the account's own, which excludes it, unless groups are the only way to it. */
const isOwn = ({ ways }: { readonly ways: readonly string[] }): boolean =>
  ways.length === 0 || ways.some((way) => way !== 'group_direct')

const fromGroup = ({ ways }: { readonly ways: readonly string[] }): boolean => ways.includes('group_direct')

/** Reads the roles and directories of an account. `composite` is the membership status over all directories together. */
export async function readAccountRoles(
  accountId: AccountId,
  composite: string,
  { http, base, key }: AccountRolesContext,
): Promise<AccountRoles> {
  const id = encodeURIComponent(accountId)
  const roles = await readAll(http, userRolesResponse, (cursor) => ({
    method: 'GET',
    path: withCursor(`${base}/directories/-/users/${id}/role-assignments?limit=100`, cursor),
    key,
  }))
  const own = await readAll(http, directoriesResponse, (cursor) => ({
    method: 'GET',
    path: withCursor(`${base}/directories?limit=100&accountId=${id}`, cursor),
    key,
  }))
  const statuses = new Map(roles.map(({ directoryId, userDirectoryStatus }) => [directoryId, userDirectoryStatus]))
  const all = new Set(
    [
      ...statuses.keys(),
      // A directory without a readable id is an unknown one.
      ...own.map(({ directoryId }) => directoryId ?? ''),
    ].filter((one) => one != null),
  )
  const counted = roles
    .filter(({ resourceOwner }) => !isInProduct(resourceOwner))
    .map((row) => ({ resource: row.resourceId ?? '', roles: rolesOf(row) }))
  return {
    // With several directories, the composite does not show the status in each one.
    directories: [...all].map((directory) => ({
      id: brandId<DirectoryId>(directory),
      status:
        directory === ''
          ? 'unknown'
          : membershipOf(statuses.get(directory) ?? (all.size === 1 ? composite : 'unknown')),
    })),
    hasGroupRole: counted.some((one) => one.roles.some(fromGroup)),
    adminRoles: [...new Set(counted.flatMap((one) => one.roles.map(({ role }) => role).filter(isAdminRole)))],
    ownRoles: counted.filter((one) => one.roles.some(isOwn)).map(({ resource }) => brandId<WorkspaceAri>(resource)),
  }
}
