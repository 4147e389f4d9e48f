// The migration that makes snapshots smaller: stores members once, by group, and drops unused columns.

import { sql, type Kysely } from 'kysely'
import { createTable, hasColumn } from './create-table.js'
import { dialectOf } from './dialect.js'
import type { Schema } from './schema.js'
import { tables } from './tables.js'

const beside = 'account_groups_smaller'
const formerIndex = 'account_groups_by_group'

const isFormer = async (db: Kysely<Schema>): Promise<boolean> =>
  (await sql`select 1 from sqlite_master where type = 'index' and name = ${formerIndex}`.execute(db)).rows.length > 0

/** Copies the members in one transaction, so that nobody reads a group with some of its members. */
async function regroup(db: Kysely<Schema>): Promise<void> {
  await sql`begin immediate`.execute(db)
  try {
    if (await isFormer(db)) {
      await createTable(db, beside, tables.account_groups)
      await sql`
        insert into ${sql.table(beside)} (snapshot_id, group_lower, account_id)
        select snapshot_id, group_lower, account_id from account_groups`.execute(db)
      await sql`drop table account_groups`.execute(db)
      await sql`alter table ${sql.table(beside)} rename to account_groups`.execute(db)
    }
    await sql`commit`.execute(db)
  } catch (error) {
    await sql`rollback`.execute(db)
    throw error
  }
}

/** For SQLite only: a MySQL database starts after it. */
export async function smallerSnapshots(db: Kysely<Schema>): Promise<void> {
  if (dialectOf(db).name === 'mysql') return
  for (const by of ['status_name', 'status_activity'])
    await sql`drop index if exists ${sql.ref(`accounts_by_${by}`)}`.execute(db)
  if (await hasColumn(db, 'accounts', 'email_lower'))
    await sql`alter table accounts drop column email_lower`.execute(db).catch(async (error: unknown) => {
      // Another process may have dropped it in the meantime.
      if (await hasColumn(db, 'accounts', 'email_lower')) throw error
    })
  await db.connection().execute(regroup)
}
