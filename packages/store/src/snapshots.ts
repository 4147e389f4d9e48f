// Snapshot heads: which snapshots exist, and which are finished. A head with its seats and granting groups is one
// document; up to about two thousand such groups fit into the MiB that Forge SQL takes.

import type { Snapshot, Store } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { toDocument } from './document.js'
import { count, flag, list, maybe, number, readerOf } from './readable.js'
import type { Flag, Schema } from './schema.js'
import { snapshotFields } from './stored-names.js'
import { insertOnce, upsert } from './upsert.js'

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

/** The guard would treat an unreadable count as no rise, so reading the head throws. */
const read = readerOf<Snapshot>(
  {
    startedAt: number,
    asOf: maybe(number),
    baseline: maybe(number),
    complete: flag,
    accounts: number,
    inactive: number,
    admins: number,
    inactiveIn: maybe(inactiveCounts),
  },
  snapshotFields.current,
)

/** The store's methods for the heads of snapshots. */
export function snapshotMethods(
  db: Kysely<Schema>,
): Pick<Store, 'putSnapshot' | 'snapshot' | 'snapshots' | 'unfinishedSnapshot'> {
  const newest = async (finished: Flag, limit: number): Promise<readonly Snapshot[]> => {
    const rows = await db
      .selectFrom('snapshots')
      .select('doc')
      .where('finished', '=', finished)
      .orderBy('started_at', 'desc')
      .orderBy('snapshot_id', 'desc')
      .limit(limit)
      .execute()
    return rows.map((row) => read(row.doc))
  }
  return {
    async putSnapshot({ id: snapshot_id, ...rest }) {
      const snapshot = { id: snapshot_id, ...rest }
      const [finished, doc] = [
        snapshot.asOf === undefined ? 0 : 1,
        toDocument(snapshotFields.stored(snapshot)),
      ] as const
      const row = { snapshot_id, started_at: snapshot.startedAt, finished, doc }
      if (finished === 1) return upsert(db, 'snapshots', ['snapshot_id'], [row])
      if ((await insertOnce(db, 'snapshots', [row])) === 1) return
      const begun = db.updateTable('snapshots').set({ doc }).where('snapshot_id', '=', snapshot_id)
      await begun.where('finished', '=', 0).execute()
    },
    async snapshot(id) {
      const row = await db.selectFrom('snapshots').select('doc').where('snapshot_id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : read(row.doc)
    },
    snapshots: (limit) => newest(1, limit),
    unfinishedSnapshot: async () => (await newest(0, 1))[0],
  }
}
