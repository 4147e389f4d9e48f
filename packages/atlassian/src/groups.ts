// Groups: finds them, and reads what each one grants. A sync reads the roles of new and changed groups, and in turn those
// of the others; before a change, Rollcall reads those of the account's own groups.

import {
  DirectoryError,
  hasPaidSeats,
  minute,
  second,
  type AccountId,
  type Duration,
  type GroupGrant,
  type GroupRef,
  type Instant,
  type System,
  type Workspace,
  type WorkspaceAri,
} from '@rollcall/core'
import { onlyNamed, unheeded } from './filters.js'
import {
  grantedBy,
  grantOf,
  grantsRoleOn,
  hasChanged,
  isReadable,
  resourceCount,
  type GroupRow,
} from './group-grant.js'
import type { Http } from './http.js'
import { readAll, withCursor } from './pages.js'
import { isInProduct } from './roles.js'
import { groupRolesResponse, groupsResponse } from './schemas.js'

interface GroupContext {
  readonly http: Http
  readonly base: string
  readonly key: string
  readonly system: Pick<System, 'now'>
}
/** How long the roles of a group stay valid for the next account. 15 seconds of a minute remain for its change. */
const rolesLast = 45 * second
/** How long the row of an account's own group stays valid, with its name and whether Rollcall may change it. */
const rowsLast = 5 * minute
/** How long the roles of a group stay valid for another sync. */
const syncedLast = minute
/** A group that could not be read is read again after this time, and not in each time slice of one sync. */
const unreadableLast = 10 * minute
/** How many unchanged groups a sync reads again: these many, or this part of all, whichever is more. */
const [inTurn, partInTurn] = [30, 0.02]
/** How many groups Atlassian finds by their ids in one request. */
const idsAtOnce = 10

type Granted = ReturnType<typeof grantedBy>
interface Dated<Value> {
  readonly at: Instant
  readonly value: Value
}
/** The groups that a sync has read so far, and how many are left because its time slice ended. */
export interface GroupsRead {
  readonly groups: readonly GroupGrant[]
  readonly left: number
}

/** Makes the reader of groups. It keeps what it has read of each group, with the time. */
export function createGroups({ http, base, key, system }: GroupContext) {
  const rowBy = new Map<string, Dated<GroupRow>>()
  const rolesBy = new Map<string, Dated<Granted>>()
  const isYoung = (dated: Dated<unknown> | undefined, lasts: Duration): boolean =>
    dated !== undefined && system.now() >= dated.at && system.now() - dated.at < lasts

  async function readRoles(row: GroupRow): Promise<Dated<Granted>> {
    const at = system.now()
    const group = `${base}/directories/${encodeURIComponent(row.directoryId ?? '')}/groups/${encodeURIComponent(row.id)}`
    const roles =
      resourceCount(row) === 0 || !isReadable(row)
        ? []
        : await readAll(http, groupRolesResponse, (cursor) => ({
            method: 'GET',
            path: withCursor(`${group}/role-assignments?limit=100`, cursor),
            key,
          })).catch((failure: unknown) => {
            // Deleted after it was listed, so it grants nothing.
            if (failure instanceof DirectoryError && failure.code === 'not-found') return []
            throw failure
          })
    const known = roles.filter((one) => one !== null)
    const counted = known.filter(({ resourceOwner, roles: given }) => !isInProduct(resourceOwner) && given.length > 0)
    const isOdd = known.length < roles.length || !isReadable(row)
    const read = { at, value: { ...grantedBy(counted), ...(isOdd ? { unreadable: true as const } : {}) } }
    rolesBy.set(row.id, read)
    return read
  }

  async function search(query: Readonly<Record<string, unknown>>): Promise<readonly GroupRow[]> {
    const at = system.now()
    const rows = await readAll(http, groupsResponse, (cursor) => ({
      method: 'POST',
      path: `${base}/directories/-/groups/search`,
      key,
      body: { ...query, limit: 100, expand: ['counts.resources'], ...(cursor === undefined ? {} : { cursor }) },
    }))
    for (const row of rows) rowBy.set(row.id, { at, value: row })
    return rows
  }

  /** The rows of the groups that grant a role on a product, each with the products that list it. */
  async function listed(products: readonly WorkspaceAri[]) {
    const found = new Map<string, { readonly row: GroupRow; readonly listedFor: Set<WorkspaceAri> }>()
    for (const ari of products)
      for (const row of await search({ resourceIds: [ari] }))
        found.set(row.id, { row, listedFor: (found.get(row.id)?.listedFor ?? new Set<WorkspaceAri>()).add(ari) })
    const rows = [...found.values()]
    if (rows.length > 0 && rows.every(({ row }) => row.id === '' && row.name == null))
      throw new DirectoryError(
        'unexpected-response',
        'Atlassian listed groups without ids and names. Nothing was changed; sync again later.',
      )
    return rows
  }

  function synced(row: GroupRow, { at, value }: Dated<Granted>, listedFor: ReadonlySet<WorkspaceAri>): GroupGrant {
    const resources = resourceCount(row)
    const known = grantOf(row, value)
    // A group that cannot be read may grant each product that lists it.
    const grants = known.unreadable === true ? [...new Set([...known.grants, ...listedFor])] : known.grants
    const grant = { ...known, grants }
    const onlyInside = [...listedFor].filter((ari) => ![...grant.grants, ...(grant.alsoGrants ?? [])].includes(ari))
    const rolesRead = {
      at,
      ...(resources === undefined ? {} : { resources }),
      ...(onlyInside.length === 0 ? {} : { listedFor: onlyInside }),
    }
    return { ...grant, rolesRead }
  }

  /** The rows of these groups, as far as Atlassian finds them. */
  async function rowsOf(ids: readonly string[]): Promise<readonly GroupRow[]> {
    const unknown = ids.filter((id) => !isYoung(rowBy.get(id), rowsLast))
    for (const id of unknown) rowBy.delete(id)
    for (let from = 0; from < unknown.length; from += idsAtOnce) {
      const groupIds = unknown.slice(from, from + idsAtOnce)
      const rows = await search({ groupIds })
      // A row without an id may be the group: then that one is missing.
      if (rows.length > 0 && !rows.some(({ id }) => id === '' || groupIds.includes(id)))
        throw unheeded(`groups ${groupIds.join(', ')}`)
    }
    return ids.flatMap((id) => rowBy.get(id)?.value ?? [])
  }

  return {
    /**
     * Lists the groups that grant a role on the products. Reads the roles of new and changed groups, and of the unchanged
     * ones those that were read longest ago; the others keep what is `known`. Stops when `usedUp` says so.
     */
    async forSync(
      workspaces: readonly Workspace[],
      known: readonly GroupGrant[],
      usedUp: () => boolean,
    ): Promise<GroupsRead> {
      const products = workspaces.filter(hasPaidSeats).map(({ ari }) => ari)
      const rows = await listed(products)
      const knownBy = new Map<string, GroupGrant>(known.map((group) => [group.id, group]))
      const readAt = (id: string): Instant => knownBy.get(id)?.rolesRead?.at ?? -Infinity
      const isChanged = ({ row, listedFor }: (typeof rows)[number]): boolean => {
        const before = knownBy.get(row.id)
        if (before?.rolesRead === undefined || hasChanged(row, listedFor, products, before)) return true
        return before.unreadable === true && system.now() - before.rolesRead.at > unreadableLast
      }
      const again = new Set(rows.filter(isChanged).map(({ row }) => row.id))
      const unchanged = rows.filter(({ row }) => !again.has(row.id))
      const turn = Math.max(inTurn, Math.ceil(rows.length * partInTurn))
      const oldest = unchanged.toSorted((a, b) => readAt(a.row.id) - readAt(b.row.id)).slice(0, turn)
      for (const { row } of oldest) again.add(row.id)
      const groups: GroupGrant[] = []
      let left = 0
      for (const { row, listedFor } of rows) {
        const before = knownBy.get(row.id)
        const read = rolesBy.get(row.id)
        if (again.has(row.id) && !isYoung(read, syncedLast)) {
          if (usedUp()) left += 1
          else groups.push(synced(row, await readRoles(row), listedFor))
        } else if (read !== undefined && read.at >= readAt(row.id)) groups.push(synced(row, read, listedFor))
        else if (before !== undefined)
          groups.push({ ...grantOf(row, before), rolesRead: before.rolesRead ?? { at: 0 } })
      }
      // A row without an id may be any group that is no longer listed.
      const unnamed = rows.some(({ row }) => row.id === '')
      const listedIds = new Set<string>(rows.map(({ row }) => row.id))
      const lost = unnamed ? known.filter(({ id }) => !listedIds.has(id)) : []
      groups.push(...lost.map((group) => ({ ...group, modifiable: false, unreadable: true as const })))
      return { groups, left }
    },
    /** The groups that grant a role on a product: of the known ones, each as it was read last. */
    granting(ari: WorkspaceAri, known: readonly GroupGrant[]): readonly GroupGrant[] {
      const found = new Map<string, GroupGrant>(known.map((group) => [group.id, group]))
      for (const [id, { at, value }] of rolesBy) {
        const row = rowBy.get(id)?.value
        if (row !== undefined && at >= (found.get(id)?.rolesRead?.at ?? -Infinity)) found.set(id, grantOf(row, value))
      }
      return [...found.values()].filter((group) => grantsRoleOn(ari, group))
    },
    /**
     * Reads what the account's own groups grant, and says from when that is: all of it was read in this call, or is young
     * at its end, however long it took. `anew` takes nothing from earlier calls. `missing` are groups that were not found.
     */
    async own(accountId: AccountId, mine: readonly GroupRef[], anew: boolean) {
      const rows = await rowsOf([...new Set<string>(mine.map(({ id }) => id))])
      const reused: GroupRow[] = []
      for (const row of rows) {
        if (!anew && isYoung(rolesBy.get(row.id), rolesLast)) reused.push(row)
        else await readRoles(row)
      }
      const stillYoung = reused.every(({ id }) => isYoung(rolesBy.get(id), rolesLast))
      if (!stillYoung) for (const row of reused) await readRoles(row)
      const earlier = stillYoung ? reused.flatMap(({ id }) => rolesBy.get(id)?.at ?? []) : []
      const grants: GroupGrant[] = []
      for (const row of rows) grants.push(grantOf(row, (rolesBy.get(row.id) ?? (await readRoles(row))).value))
      const found = new Set(rows.map(({ id }) => id))
      const missing = mine.filter(({ id }) => !found.has(id))
      return { accountId, grants, missing, from: Math.min(system.now(), ...earlier) }
    },
    async named(name: string): Promise<readonly GroupGrant[]> {
      const found: GroupGrant[] = []
      for (const row of onlyNamed(name, await search({ groupNames: [name] }))) {
        const known = rolesBy.get(row.id)
        const read = known !== undefined && isYoung(known, rolesLast) ? known : await readRoles(row)
        found.push(grantOf(row, read.value))
      }
      return found
    },
  }
}
export type Groups = ReturnType<typeof createGroups>
