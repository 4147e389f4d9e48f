// The data of version 0.1.0 in the dialect of Forge SQL: its rows are the same in every dialect, and the migrations since
// then run over them. The app inside Jira reads them as the server does.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { fingerprintOf, type AuditLog, type Store } from '@rollcall/core'
import { system } from '@rollcall/node'
import { createAuditLog, createStore, migrate, migrations, openSqlite } from '@rollcall/store'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase, type OpenDatabase } from '../mariadb/database.js'
import { mariadb } from '../mariadb/shared.js'

const file = fileURLToPath(new URL('data-of-0.1.0/rollcall.db.gz', import.meta.url))
const bookkeeping = 'rollcall_migrations'
/** What the migrations since version 0.1.0 add. */
const since = {
  versions: ['0011-light-heads'],
  columns: [
    ['snapshots', 'group_grants'],
    ['vetoes', 'run_id'],
  ],
} as const

/** Everything that a store and a log hold, read through their ports. */
async function contentOf(store: Store, auditLog: AuditLog) {
  const [runs, snapshots] = [await store.runs(1000), await store.snapshots(1000)]
  return {
    runs,
    snapshots,
    plans: await store.plans(1000),
    heads: (await store.listPlans({ limit: 1000 })).plans,
    steps: await Promise.all(runs.map(({ runId }) => store.steps(runId))),
    accounts: await Promise.all(snapshots.map(({ id }) => store.accounts({ snapshotId: id, limit: 1000 }))),
    policies: await store.policies(),
    protections: await store.protections(),
    vetoes: await store.vetoes(),
    entries: await auditLog.read(0, 1000),
    checkpoints: await auditLog.checkpoints(),
  }
}

describe.skipIf(mariadb === undefined)('data of version 0.1.0 inside Jira', () => {
  let folder: string
  let sqlite: Database.Database
  let database: OpenDatabase
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-upgrade-'))
    writeFileSync(join(folder, 'rollcall.db'), gunzipSync(readFileSync(file)))
    sqlite = new Database(join(folder, 'rollcall.db'))
    database = await openDatabase(mariadb)
    await migrate(database.db)
    for (const [table, column] of since.columns)
      await sql`alter table ${sql.table(table)} drop column ${sql.ref(column)}`.execute(database.db)
    await database.db
      .deleteFrom(bookkeeping)
      .where('version', 'in', [...since.versions])
      .execute()
    const tables = sqlite.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]
    for (const table of tables.filter((name) => name !== bookkeeping))
      for (const row of sqlite.prepare(`select * from "${table}"`).all())
        await database.db
          .insertInto(table as 'plans')
          .values(row as never)
          .execute()
    await migrate(database.db)
    await migrate(openSqlite(sqlite))
  })
  afterAll(async () => {
    await database.close()
    sqlite.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('has the tables of today', () => {
    const done = sqlite.prepare(`select version from ${bookkeeping} order by version`).pluck().all()
    expect(done).toEqual(migrations.map(({ version }) => version).toSorted())
  })

  it('reads as it does on a server, with the same fingerprints', async () => {
    const [jira, server] = [database.db, openSqlite(sqlite)]
    const content = await contentOf(createStore(jira), createAuditLog(jira, system))
    expect(content.plans.length).toBeGreaterThan(20)
    expect(content.entries.length).toBeGreaterThan(100)
    expect(content).toEqual(await contentOf(createStore(server), createAuditLog(server, system)))
    for (const plan of content.plans) {
      const { fingerprint, ...rest } = plan
      expect(await fingerprintOf(rest, system)).toBe(fingerprint)
    }
  })
})
