// One account's standing: its directories, the resources where it is an admin, and the roles that no group gives it.

import { brandId, type Account, type AccountId, type DirectoryId, type WorkspaceAri } from '@rollcall/core'
import { membershipOf } from './accounts.js'
import type { Http } from './http.js'
import { readAll, withCursor } from './pages.js'
import { isAdminRole, isInProduct } from './roles.js'
import { directoriesAnswer, userRolesAnswer } from './schemas.js'

export type Standing = Required<Pick<Account, 'directories' | 'ownRoles'>> & { readonly adminRoles: readonly string[] }

interface StandingSite {
  readonly http: Http
  /** `/admin/v2/orgs/{orgId}`. */
  readonly base: string
  readonly key: string
}

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
  const inProducts = roles.filter(({ resourceOwner }) => !isInProduct(resourceOwner))
  return {
    // Over several directories the composite says nothing of each: only in a single one do they mean the same.
    directories: [...all].map((directory) => ({
      id: brandId<DirectoryId>(directory),
      status: membershipOf(told.get(directory) ?? (all.size === 1 ? composite : 'unknown')),
    })),
    adminRoles: [...new Set(inProducts.flatMap((row) => row.roles?.filter(isAdminRole) ?? []))],
    ownRoles: inProducts
      .filter(({ roleAssignments }) =>
        roleAssignments?.some(({ roleAssignmentMethods }) =>
          roleAssignmentMethods?.some((how) => how !== 'group_direct'),
        ),
      )
      .map(({ resourceId }) => brandId<WorkspaceAri>(resourceId ?? '')),
  }
}
