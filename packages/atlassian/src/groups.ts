// Groups: which of them grant a workspace, and what else each of them grants.

import {
  brandId,
  second,
  type DirectoryId,
  type GroupGrant,
  type GroupId,
  type Instant,
  type System,
  type WorkspaceAri,
} from '@rollcall/core'
import type { Http } from './http.js'
import { readAll, withCursor } from './pages.js'
import { holdsSeat, isAdminRole, isInProduct } from './roles.js'
import { groupRolesAnswer, groupsAnswer } from './schemas.js'

interface GroupSite {
  readonly http: Http
  readonly base: string
  readonly key: string
  readonly system: Pick<System, 'now'>
}
/** A quarter of a minute is left for the change of an account that is read again; see grants.ts. */
const lasts = 45 * second
/** Groups, and when their reading began. */
export interface Granting {
  readonly at: Instant
  readonly groups: readonly GroupGrant[]
}
const resourcesOf = (roles: readonly { readonly resourceId: string }[]): readonly WorkspaceAri[] => [
  ...new Set(roles.map(({ resourceId }) => brandId<WorkspaceAri>(resourceId))),
]

/** Makes the reader of groups; what a workspace's groups grant is remembered for 45 seconds. */
export function createGroups({ http, base, key, system }: GroupSite) {
  const remembered = new Map<string, Granting>()

  async function rolesOf(directoryId: string, id: string) {
    const group = `${base}/directories/${encodeURIComponent(directoryId)}/groups/${encodeURIComponent(id)}`
    const roles = await readAll(http, groupRolesAnswer, (cursor) => ({
      method: 'GET',
      path: withCursor(`${group}/role-assignments?limit=100`, cursor),
      key,
    }))
    return roles.filter(({ resourceOwner, roles: given }) => !isInProduct(resourceOwner) && given.length > 0)
  }

  async function search(query: Readonly<Record<string, unknown>>, ari?: WorkspaceAri): Promise<readonly GroupGrant[]> {
    const rows = await readAll(http, groupsAnswer, (cursor) => ({
      method: 'POST',
      path: `${base}/directories/-/groups/search`,
      key,
      body: { ...query, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
    }))
    const found: GroupGrant[] = []
    for (const { id, name, directoryId, managementAccess, externalSynced, managedBy } of rows) {
      const roles = await rolesOf(directoryId, id)
      const grants = resourcesOf(
        roles.filter((one) => one.resourceOwner !== 'platform' && one.roles.some((role) => holdsSeat(role))),
      )
      found.push({
        id: brandId<GroupId>(id),
        name,
        directoryId: brandId<DirectoryId>(directoryId),
        modifiable: managementAccess?.modifiable === true && externalSynced !== true && managedBy !== 'external',
        isDefault: roles.some(({ resourceId, defaultRole }) => resourceId === ari && typeof defaultRole === 'string'),
        grants,
        alsoGrants: resourcesOf(roles.filter(({ resourceId }) => !grants.some((ari) => ari === resourceId))),
        adminRoles: [...new Set(roles.flatMap((one) => one.roles.filter(isAdminRole)))],
      })
    }
    return found
  }

  return {
    async granting(ari: WorkspaceAri): Promise<Granting> {
      const earlier = remembered.get(ari)
      const at = system.now()
      const age = at - (earlier?.at ?? 0)
      if (earlier !== undefined && age >= 0 && age < lasts) return earlier
      const found = await search({ resourceIds: [ari] }, ari)
      const groups = found.filter(({ grants, adminRoles = [] }) => grants.includes(ari) || adminRoles.length > 0)
      const granting = { at, groups }
      remembered.set(ari, granting)
      return granting
    },
    named: (name: string) => search({ groupNames: [name] }),
  }
}
export type Groups = ReturnType<typeof createGroups>
