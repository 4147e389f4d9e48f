// The migration that splits the heads of snapshots, so that lists read no groups, and finds vetoes by their run.

import type { Snapshot, Veto } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { addColumn, addIndex, addOptionalText } from './create-table.js'
import { fromDocument, toDocument } from './document.js'
import type { Schema } from './schema.js'

/** Splits the heads one by one: each may be large. One that a sync replaces meanwhile stays as that sync writes it. */
async function splitHeads(db: Kysely<Schema>): Promise<void> {
  for (let last = ''; ;) {
    const row = await db
      .selectFrom('snapshots')
      .select(['snapshot_id', 'doc'])
      .where('group_grants', 'is', null)
      .where('snapshot_id', '>', last)
      .orderBy('snapshot_id')
      .limit(1)
      .executeTakeFirst()
    if (row === undefined) return
    const { groups, ...head } = fromDocument<Snapshot>(row.doc)
    last = row.snapshot_id
    // Reading a head without groups fails, so a damaged one stays as it is.
    if (!Array.isArray(groups)) continue
    await db
      .updateTable('snapshots')
      .set({ doc: toDocument(head), group_grants: toDocument(groups) })
      .where('snapshot_id', '=', row.snapshot_id)
      .where('group_grants', 'is', null)
      .execute()
  }
}

async function learnRuns(db: Kysely<Schema>): Promise<void> {
  const rows = await db.selectFrom('vetoes').select(['account_id', 'doc']).where('run_id', '=', '').execute()
  for (const { account_id, doc } of rows) {
    const { runId } = fromDocument<Veto>(doc)
    const one = db.updateTable('vetoes').set({ run_id: runId }).where('account_id', '=', account_id)
    await one.where('run_id', '=', '').execute()
  }
}

export async function lightHeads(db: Kysely<Schema>): Promise<void> {
  await addOptionalText(db, 'snapshots', 'group_grants')
  await splitHeads(db)
  await addColumn(db, 'vetoes', 'run_id', 'varchar(128)')
  await learnRuns(db)
  await addIndex(db, 'vetoes', 'run', ['run_id'])
}
