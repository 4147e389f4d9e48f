// Groups: which groups grant a workspace, and what else each group grants.

import {
  brandId,
  DirectoryError,
  isAdminRole,
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
import { onlyNamed } from './filters.js'
import type { Http } from './http.js'
import { readAll, withCursor } from './pages.js'
import { holdsSeat, isInProduct } from './roles.js'
import { groupRolesResponse, groupsResponse } from './schemas.js'

interface GroupContext {
  readonly http: Http
  readonly base: string
  readonly key: string
  readonly system: Pick<System, 'now'>
}
/** How long the grants of a group stay valid. 15 seconds of a minute remain for the change itself: see grants.ts. */
const rolesLast = 45 * second
/** How long the list of groups stays valid. Reading hundreds takes minutes; an account's own groups are always re-read. */
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

/** The grants of a group, from its row and its roles. `ari` is the workspace of the search. */
function grantOf(row: Row, roles: readonly Role[], ari: WorkspaceAri | undefined): GroupGrant {
  const { id, name, directoryId, managementAccess, externalSynced, managedBy } = row
  const seats = roles.filter((one) => one.resourceOwner !== 'platform' && one.roles.some((role) => holdsSeat(role)))
  const grants = resourcesOf(seats)
  return {
    id: brandId<GroupId>(id),
    name: name ?? '',
    directoryId: brandId<DirectoryId>(directoryId),
    // A group without a name cannot be protected or excluded by it, so nobody is taken out of it.
    modifiable:
      typeof name === 'string' &&
      managementAccess?.modifiable === true &&
      externalSynced !== true &&
      managedBy !== 'external',
    isDefault: roles.some(({ resourceId, defaultRole }) => resourceId === ari && typeof defaultRole === 'string'),
    grants,
    alsoGrants: resourcesOf(roles.filter(({ resourceId }) => !grants.some((one) => one === resourceId))),
    adminRoles: [...new Set(roles.flatMap((one) => one.roles.filter(isAdminRole)))],
  }
}

/**
 * Makes the reader of groups. It caches the groups of a workspace for five minutes after it read them, and reads the
 * grants of a group once for all workspaces.
 */
export function createGroups({ http, base, key, system }: GroupContext) {
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
  /** The roles of a group, from the cache unless they are too old. */
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
    /** Drops cached groups and roles that are older than a minute. A sync calls it first. */
    renew(): void {
      for (const known of [rowsBy, rolesBy] as Map<unknown, Dated<unknown>>[])
        for (const [key, dated] of known) if (!isYoung(dated, minute)) known.delete(key)
    },
    /** The groups that grant a workspace, each with its newest known grants. */
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
      for (const row of onlyNamed(name, await search({ groupNames: [name] })))
        found.push(grantOf(row, (await youngRoles(row)).value, undefined))
      return found
    },
  }
}
export type Groups = ReturnType<typeof createGroups>
