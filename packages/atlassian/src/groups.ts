// Groups: which of them grant a workspace, and what else each of them grants.

import {
  brandId,
  minute,
  type DirectoryId,
  type GroupGrant,
  type GroupId,
  type System,
  type WorkspaceAri,
} from '@rollcall/core'
import type { Http } from './http.js'
import { groupRolesAnswer, groupsAnswer } from './schemas.js'

interface GroupSite {
  readonly http: Http
  readonly base: string
  readonly key: string
  readonly system: Pick<System, 'now'>
}
const lasts = minute
/** In-product roles; they grant no seat. */
const notProducts = ['project', 'goal', 'platform']
const grantingRoles = ['atlassian/user', 'atlassian/admin', 'user', 'admin']

/** Makes the reader of groups; what a workspace's groups grant is remembered for a minute. */
export function createGroups({ http, base, key, system }: GroupSite) {
  const remembered = new Map<string, { readonly at: number; readonly groups: readonly GroupGrant[] }>()

  async function rolesOf(directoryId: string, id: string) {
    const rows = []
    for (let cursor: string | undefined; ;) {
      const path = `${base}/directories/${directoryId}/groups/${id}/role-assignments?limit=100${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
      const { data, links } = await http.read(groupRolesAnswer, { method: 'GET', path, key })
      rows.push(...data)
      cursor = links?.next ?? undefined
      if (cursor === undefined) return rows
    }
  }

  async function search(query: Readonly<Record<string, unknown>>, ari?: WorkspaceAri): Promise<readonly GroupGrant[]> {
    const found: GroupGrant[] = []
    for (let cursor: string | undefined; ;) {
      const body = cursor === undefined ? { ...query, limit: 100 } : { cursor }
      const { data, links } = await http.read(groupsAnswer, {
        method: 'POST',
        path: `${base}/directories/-/groups/search`,
        key,
        body,
      })
      for (const { id, name, directoryId, managementAccess, externalSynced, managedBy } of data) {
        const roles = (await rolesOf(directoryId, id)).filter(
          ({ resourceOwner }) => !notProducts.includes(resourceOwner ?? ''),
        )
        const granting = roles.filter((one) => one.roles.some((role) => grantingRoles.includes(role)))
        found.push({
          id: brandId<GroupId>(id),
          name,
          directoryId: brandId<DirectoryId>(directoryId),
          modifiable: managementAccess?.modifiable === true && externalSynced !== true && managedBy !== 'external',
          isDefault: granting.some(
            ({ resourceId, defaultRole }) => resourceId === ari && typeof defaultRole === 'string',
          ),
          grants: [...new Set(granting.map(({ resourceId }) => brandId<WorkspaceAri>(resourceId)))],
        })
      }
      cursor = links?.next ?? undefined
      if (cursor === undefined) return found
    }
  }

  return {
    async granting(ari: WorkspaceAri): Promise<readonly GroupGrant[]> {
      const earlier = remembered.get(ari)
      if (earlier !== undefined && system.now() - earlier.at < lasts) return earlier.groups
      const found = await search({ resourceIds: [ari] }, ari)
      const groups = found.filter(({ grants }) => grants.includes(ari))
      remembered.set(ari, { at: system.now(), groups })
      return groups
    },
    named: (name: string) => search({ groupNames: [name] }),
  }
}
