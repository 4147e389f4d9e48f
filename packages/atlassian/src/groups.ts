// Groups: which groups grant a workspace, and what else each group grants.

import {
  brandId,
  DirectoryError,
  minute,
  second,
  type DirectoryId,
  type Duration,
  type GroupGrant,
  type GroupId,
  type Instant,
  type System,
  type WorkspaceAri,
} from '@rollcall/core'
import type { z } from 'zod'
import type { Http } from './http.js'
import { readAll, withCursor } from './pages.js'
import { holdsSeat, isAdminRole, isInProduct } from './roles.js'
import { groupRolesResponse, groupsResponse } from './schemas.js'

interface GroupSite {
  readonly http: Http
  readonly base: string
  readonly key: string
  readonly system: Pick<System, 'now'>
}
/** What a group grants; a quarter of a minute is left for the change of an account that is read again: see grants.ts. */
const rolesLast = 45 * second
/** Which groups there are: an account's own are read again all the same, and hundreds take minutes. */
const rowsLast = 5 * minute

type Row = z.output<typeof groupsResponse>['data'][number]
type Role = z.output<typeof groupRolesResponse>['data'][number]
interface Dated<Value> {
  readonly at: Instant
  readonly value: Value
}

const resourcesOf = (roles: readonly Role[]): readonly WorkspaceAri[] => [
  ...new Set(roles.map(({ resourceId }) => brandId<WorkspaceAri>(resourceId))),
]

/** What a group grants, from its row and its roles; `ari` is the workspace that it was searched for. */
function grantOf(row: Row, roles: readonly Role[], ari: WorkspaceAri | undefined): GroupGrant {
  const { id, name, directoryId, managementAccess, externalSynced, managedBy } = row
  const seats = roles.filter((one) => one.resourceOwner !== 'platform' && one.roles.some((role) => holdsSeat(role)))
  const grants = resourcesOf(seats)
  return {
    id: brandId<GroupId>(id),
    name,
    directoryId: brandId<DirectoryId>(directoryId),
    modifiable: managementAccess?.modifiable === true && externalSynced !== true && managedBy !== 'external',
    isDefault: roles.some(({ resourceId, defaultRole }) => resourceId === ari && typeof defaultRole === 'string'),
    grants,
    alsoGrants: resourcesOf(roles.filter(({ resourceId }) => !grants.some((one) => one === resourceId))),
    adminRoles: [...new Set(roles.flatMap((one) => one.roles.filter(isAdminRole)))],
  }
}

/**
 * Makes the reader of groups. Which groups a workspace has is remembered for five minutes from the end of their reading;
 * what each grants is read once for all its workspaces.
 */
export function createGroups({ http, base, key, system }: GroupSite) {
  const rowsBy = new Map<WorkspaceAri, Dated<readonly Row[]>>()
  const rolesBy = new Map<string, Dated<readonly Role[]>>()
  const isYoung = ({ at }: Dated<unknown>, lasts: Duration): boolean => system.now() >= at && system.now() - at < lasts

  async function readRoles({ directoryId, id }: Row): Promise<Dated<readonly Role[]>> {
    const at = system.now()
    const group = `${base}/directories/${encodeURIComponent(directoryId)}/groups/${encodeURIComponent(id)}`
    const roles = await readAll(http, groupRolesResponse, (cursor) => ({
      method: 'GET',
      path: withCursor(`${group}/role-assignments?limit=100`, cursor),
      key,
    })).catch((failure: unknown) => {
      // Deleted after it was listed, so it grants nothing.
      if (failure instanceof DirectoryError && failure.code === 'not-found') return []
      throw failure
    })
    const value = roles.filter(({ resourceOwner, roles: given }) => !isInProduct(resourceOwner) && given.length > 0)
    rolesBy.set(id, { at, value })
    return { at, value }
  }
  /** The roles of a group, read again unless what is known is young. */
  const youngRoles = async (row: Row): Promise<Dated<readonly Role[]>> => {
    const known = rolesBy.get(row.id)
    return known !== undefined && isYoung(known, rolesLast) ? known : readRoles(row)
  }
  const search = (query: Readonly<Record<string, unknown>>): Promise<readonly Row[]> =>
    readAll(http, groupsResponse, (cursor) => ({
      method: 'POST',
      path: `${base}/directories/-/groups/search`,
      key,
      body: { ...query, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
    }))

  async function rowsOf(ari: WorkspaceAri): Promise<readonly Row[]> {
    const known = rowsBy.get(ari)
    if (known !== undefined && isYoung(known, rowsLast)) return known.value
    const rows = await search({ resourceIds: [ari] })
    for (const row of rows) await youngRoles(row)
    rowsBy.set(ari, { at: system.now(), value: rows })
    return rows
  }

  return {
    /** Forgets what is older than a minute: a roll is about to be taken. */
    renew(): void {
      for (const known of [rowsBy, rolesBy] as Map<unknown, Dated<unknown>>[])
        for (const [key, dated] of known) if (!isYoung(dated, minute)) known.delete(key)
    },
    /** The groups that grant a workspace, each by the newest that is known of it. */
    async granting(ari: WorkspaceAri): Promise<readonly GroupGrant[]> {
      const found: GroupGrant[] = []
      for (const row of await rowsOf(ari))
        found.push(grantOf(row, (rolesBy.get(row.id) ?? (await readRoles(row))).value, ari))
      return found.filter(({ grants, adminRoles = [] }) => grants.includes(ari) || adminRoles.length > 0)
    },
    /** Reads these groups of a workspace again, unless the last reading is recent. Returns when they were read. */
    async refresh(ari: WorkspaceAri, ids: ReadonlySet<string>): Promise<Instant> {
      let from = system.now()
      for (const row of await rowsOf(ari)) if (ids.has(row.id)) from = Math.min(from, (await youngRoles(row)).at)
      return from
    },
    async named(name: string): Promise<readonly GroupGrant[]> {
      const found: GroupGrant[] = []
      for (const row of await search({ groupNames: [name] }))
        found.push(grantOf(row, (await youngRoles(row)).value, undefined))
      return found
    },
  }
}
export type Groups = ReturnType<typeof createGroups>
