// Snapshot heads: which snapshots exist, and which are finished. The granting groups of a head are a document of their own,
// since lists need none; up to about two thousand of them fit into the MiB that Forge SQL takes.

import { brandId, withoutGroups, type Snapshot, type SnapshotHead, type SnapshotId, type Store } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { fromDocument, toDocument } from './document.js'
import { StoreError } from './errors.js'
import { count, flag, list, maybe, number, readerOf } from './readable.js'
import type { Flag, Schema, SnapshotRow } from './schema.js'
import { snapshotFields } from './stored-names.js'
import { insertOnce, upsert } from './upsert.js'

type Groups = Pick<Snapshot, 'groups' | 'otherGroups'>

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** Counts of inactive accounts by product. */
const inactiveCounts = (value: unknown): boolean =>
  isObject(value) &&
  Object.values(value).every(
    (one: unknown) =>
      isObject(one) &&
      'people' in one &&
      count(one.people) &&
      'inactive' in one &&
      list(one.inactive) &&
      (one.inactive as unknown[]).every(count),
  )

/** The groups that lost members. */
const lostGroups = (value: unknown): boolean =>
  list(value) &&
  (value as unknown[]).every(
    (one) => isObject(one) && 'now' in one && count(one.now) && 'before' in one && count(one.before),
  )

/** The guard would treat an unreadable count as no rise, so reading the head throws. */
const read = readerOf<SnapshotHead & Partial<Groups>>(
  {
    startedAt: number,
    asOf: maybe(number),
    baseline: maybe(number),
    complete: flag,
    accounts: number,
    inactive: number,
    admins: number,
    inactiveIn: maybe(inactiveCounts),
    lostMembers: maybe(lostGroups),
  },
  snapshotFields.current,
)

type HeadRow = Pick<SnapshotRow, 'doc' | 'group_grants'>

const isSplit = (stored: readonly unknown[] | Groups | undefined): stored is Groups => isObject(stored)

/** The document of the groups: a list where a snapshot knows the granting ones only. */
const groupsDocument = ({ groups, otherGroups }: Snapshot): string =>
  toDocument(otherGroups === undefined ? groups : { groups, otherGroups })

/** Reads a head with its groups. Without them, everybody would have lost a product, so that throws. */
function readWhole({ doc, group_grants: split }: HeadRow): Snapshot {
  const head = read(doc)
  const stored = split === null ? head.groups : fromDocument<Snapshot['groups'] | Groups>(split)
  const { groups, otherGroups } = isSplit(stored) ? stored : { ...head, groups: stored }
  if (!list(groups) || !list(otherGroups ?? [])) throw new StoreError('corrupt')
  return {
    ...withoutGroups({ groups: [], ...head }),
    groups: groups ?? [],
    ...(otherGroups === undefined ? {} : { otherGroups }),
  }
}

/** Reads a head without groups. A row that no migration has split holds them in the same document. */
const readLight = ({ doc }: Pick<HeadRow, 'doc'>): SnapshotHead => withoutGroups({ groups: [], ...read(doc) })

const headDocument = (head: SnapshotHead): string => toDocument(snapshotFields.stored(head))

/** The store's methods for the heads of snapshots. */
export function snapshotMethods(
  db: Kysely<Schema>,
): Pick<
  Store,
  | 'putSnapshot'
  | 'putSnapshotHead'
  | 'snapshot'
  | 'snapshots'
  | 'snapshotHead'
  | 'snapshotHeads'
  | 'snapshotsBefore'
  | 'dropSnapshots'
  | 'unfinishedSnapshot'
> {
  const newest = (finished: Flag, limit: number) =>
    db
      .selectFrom('snapshots')
      .where('finished', '=', finished)
      .orderBy('started_at', 'desc')
      .orderBy('snapshot_id', 'desc')
      .limit(limit)
  const whole = async (finished: Flag, limit: number): Promise<readonly Snapshot[]> =>
    (await newest(finished, limit).select(['doc', 'group_grants']).execute()).map(readWhole)
  const one = (id: string) => db.selectFrom('snapshots').where('snapshot_id', '=', id)
  return {
    async putSnapshot({ id: snapshot_id, ...rest }) {
      const snapshot = { id: snapshot_id, ...rest }
      const finished = snapshot.asOf === undefined ? 0 : 1
      const content = { doc: headDocument(withoutGroups(snapshot)), group_grants: groupsDocument(snapshot) }
      const row = { snapshot_id, started_at: snapshot.startedAt, finished, ...content } as const
      if (finished === 1) return upsert(db, 'snapshots', ['snapshot_id'], [row])
      if ((await insertOnce(db, 'snapshots', [row])) === 1) return
      const begun = db.updateTable('snapshots').set(content).where('snapshot_id', '=', snapshot_id)
      await begun.where('finished', '=', 0).execute()
    },
    async snapshot(id) {
      const row = await one(id).select(['doc', 'group_grants']).executeTakeFirst()
      return row && readWhole(row)
    },
    snapshots: (limit) => whole(1, limit),
    async snapshotHead(id) {
      const row = await one(id).select('doc').executeTakeFirst()
      return row && readLight(row)
    },
    snapshotHeads: async (limit) => (await newest(1, limit).select('doc').execute()).map(readLight),
    async putSnapshotHead(head) {
      const update = db.updateTable('snapshots').set({ doc: headDocument(head) })
      await update.where('snapshot_id', '=', head.id).where('finished', '=', 1).execute()
    },
    async snapshotsBefore(at) {
      const old = db.selectFrom('snapshots').select('snapshot_id').where('started_at', '<', at)
      const rows = await old.orderBy('started_at').orderBy('snapshot_id').execute()
      return rows.map(({ snapshot_id }) => brandId<SnapshotId>(snapshot_id))
    },
    async dropSnapshots(ids) {
      for (const id of ids) await db.deleteFrom('snapshots').where('snapshot_id', '=', id).execute()
    },
    unfinishedSnapshot: async () => (await whole(0, 1))[0],
  }
}
