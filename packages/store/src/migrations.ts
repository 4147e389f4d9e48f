// Migrations: every statement can run twice, since no engine guarantees a transaction around schema changes.

import type { Run, Step } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { addColumn, addOptionalText, createIndex, createTable } from './create-table.js'
import { dialectOf } from './dialect.js'
import { fromDocument } from './document.js'
import { guarded, StoreError } from './errors.js'
import { productActivity } from './product-activity.js'
import type { Schema } from './schema.js'
import { runsByPolicy } from './runs-by-policy.js'
import { lightHeads } from './light-heads.js'
import { smallerSnapshots } from './smaller-snapshots.js'
import { tables, type TableShape } from './tables.js'
import { insertOnce } from './upsert.js'

/** One step of the schema. `version` sorts; it is stored after its statements ran. */
export interface Migration {
  readonly version: string
  readonly up: (db: Kysely<Schema>) => Promise<void>
}

// Lengths are for engines that cannot index unbounded text. Kysely quotes `position`, `until` and the like.
const id = 'varchar(128)'
const name = 'varchar(255)'
const document = 'text'

const table = (
  db: Kysely<Schema>,
  tableName: string,
  columns: TableShape['columns'],
  key: readonly string[],
): Promise<void> => createTable(db, tableName, { columns, key })

async function people(db: Kysely<Schema>): Promise<void> {
  const key = { snapshot_id: id, account_id: id } as const
  await table(db, 'snapshots', { snapshot_id: id, started_at: 'bigint', finished: 'integer', doc: document }, [
    'snapshot_id',
  ])
  await createIndex(db, 'snapshots', 'finished', ['finished', 'started_at'])
  await table(
    db,
    'accounts',
    {
      ...key,
      name_lower: name,
      email_lower: document,
      search_lower: document,
      status: 'varchar(20)',
      managed: 'integer',
      last_active: 'bigint',
      last_active_kind: 'varchar(20)',
      inactive_since: 'bigint',
      doc: document,
    },
    ['snapshot_id', 'account_id'],
  )
  // One index per order, with and without a status: a page is read in order and never sorted. The columns at
  // the end only filter: the engine skips an account that does not match without reading its row.
  for (const [sort, ...sorted] of [['id'], ['name', 'name_lower'], ['activity', 'last_active']]) {
    const rest = [...sorted, 'account_id']
    const filters = ['managed', 'inactive_since']
    await createIndex(db, 'accounts', `${sort}`, ['snapshot_id', ...rest, 'status', ...filters])
    await createIndex(db, 'accounts', `status_${sort}`, ['snapshot_id', 'status', ...rest, ...filters])
  }
  await table(db, 'account_products', { ...key, site: name, product: name }, [...Object.keys(key), 'site', 'product'])
  await table(db, 'account_groups', { ...key, group_lower: name }, [...Object.keys(key), 'group_lower'])
  await createIndex(db, 'account_groups', 'group', ['snapshot_id', 'group_lower', 'account_id'])
}

async function work(db: Kysely<Schema>): Promise<void> {
  await table(db, 'policies', { name, doc: document }, ['name'])
  await table(db, 'plans', { plan_id: id, created_at: 'bigint', doc: document }, ['plan_id'])
  await createIndex(db, 'plans', 'creation', ['created_at', 'plan_id'])
  const run = { run_id: id, plan_id: id, started_at: 'bigint', revision: 'bigint', doc: document } as const
  await table(db, 'runs', run, ['run_id'])
  await createIndex(db, 'runs', 'plan', ['plan_id'], true)
  await createIndex(db, 'runs', 'start', ['started_at', 'run_id'])
  const step = {
    run_id: id,
    position: 'bigint',
    state: 'varchar(20)',
    intent_at: 'bigint null',
    doc: document,
  } as const
  await table(db, 'steps', step, ['run_id', 'position'])
  await createIndex(db, 'steps', 'intent', ['intent_at'])
}

async function keeping(db: Kysely<Schema>): Promise<void> {
  await table(db, 'protections', { subject: 'varchar(300)', doc: document }, ['subject'])
  await table(db, 'lane', { name: 'varchar(20)', token: 'bigint', owner: name, until: 'bigint' }, ['name'])
  await table(db, 'settings', { name, value: document }, ['name'])
  const hash = 'varchar(64)'
  await table(db, 'audit', { idx: 'bigint', previous: hash, hash, fact: document }, ['idx'])
}

/** Adds a text column and fills it from the documents of existing rows. */
async function addLearned<T extends 'runs' | 'steps' | 'audit'>(
  db: Kysely<Schema>,
  on: T,
  column: 'status' | 'account_id' | 'subject',
  learn: () => Promise<void>,
): Promise<void> {
  await addColumn(db, on, column, id)
  await learn()
}

/** Finds runs by status. */
async function runStatus(db: Kysely<Schema>): Promise<void> {
  await addLearned(db, 'runs', 'status', async () => {
    const rows = await db.selectFrom('runs').select(['run_id', 'doc']).where('status', '=', '').execute()
    for (const { run_id, doc } of rows) {
      const { status } = fromDocument<Run>(doc)
      await db.updateTable('runs').set({ status }).where('run_id', '=', run_id).where('status', '=', '').execute()
    }
  })
  await createIndex(db, 'runs', 'status', ['status', 'started_at', 'run_id'])
}

/** Finds steps by account, and adds the table of vetoes. */
async function vetoes(db: Kysely<Schema>): Promise<void> {
  await addLearned(db, 'steps', 'account_id', async () => {
    const rows = await db
      .selectFrom('steps')
      .select(['run_id', 'position', 'doc'])
      .where('account_id', '=', '')
      .execute()
    for (const { run_id, position, doc } of rows) {
      const { accountId: account_id } = fromDocument<Step>(doc)
      const one = db.updateTable('steps').set({ account_id }).where('run_id', '=', run_id)
      await one.where('position', '=', Number(position)).execute()
    }
  })
  await createIndex(db, 'steps', 'account', ['account_id', 'intent_at'])
  await table(db, 'vetoes', { account_id: id, doc: document }, ['account_id'])
}

/** Moves personal data next to the audit log, and adds checkpoints. */
async function personal(db: Kysely<Schema>): Promise<void> {
  await addLearned(db, 'audit', 'subject', async () => undefined)
  await addOptionalText(db, 'audit', 'personal')
  await createIndex(db, 'audit', 'subject', ['subject'])
  const checkpoint = { idx: 'bigint', at: 'bigint', why: 'varchar(20)', doc: document } as const
  await table(db, 'checkpoints', checkpoint, ['idx', 'at', 'why'])
}

/** Stores the actions of a plan apart, in parts, and finds the users of a product without a full scan. */
async function largeOrganizations(db: Kysely<Schema>): Promise<void> {
  await table(db, 'plan_parts', { plan_id: id, part: 'integer', doc: document }, ['plan_id', 'part'])
  await createIndex(db, 'account_products', 'product', ['snapshot_id', 'product', 'account_id', 'site'])
}

/** All migrations, oldest first. Never edit a released one. */
export const migrations: readonly Migration[] = [
  { version: '0001-people', up: people },
  { version: '0002-work', up: work },
  { version: '0003-keeping', up: keeping },
  { version: '0004-run-status', up: runStatus },
  { version: '0005-vetoes', up: vetoes },
  { version: '0006-personal', up: personal },
  { version: '0007-large-organizations', up: largeOrganizations },
  { version: '0008-smaller-snapshots', up: smallerSnapshots },
  { version: '0009-product-activity', up: productActivity },
  { version: '0010-runs-by-policy', up: runsByPolicy },
  { version: '0011-light-heads', up: lightHeads },
]

/** The migrations that no MySQL database ever ran: a new one starts after them, with the current tables. */
const before = migrations.findIndex(({ version }) => version === '0008-smaller-snapshots') + 1

/** The migrations that ran. Throws a `StoreError` for one that this version does not know. */
async function versionsDone(db: Kysely<Schema>): Promise<readonly string[]> {
  const read = () => db.selectFrom('rollcall_migrations').select('version').execute()
  // A new database has no such table. After any other error it exists, and the second query shows the error.
  const rows = await read().catch(async () => {
    await createTable(db, 'rollcall_migrations', tables.rollcall_migrations)
    return read()
  })
  const done = rows.map(({ version }) => version)
  // What a newer version stores, this one would misread: it could change accounts that the newer one excludes.
  if (done.some((one) => !migrations.some(({ version }) => version === one))) throw new StoreError('newer')
  return done
}

/** Creates every missing table. After an interruption it starts again, since it records nothing before the end. */
async function install(db: Kysely<Schema>): Promise<readonly string[]> {
  for (const [tableName, shape] of Object.entries(tables)) await createTable(db, tableName, shape)
  const versions = migrations.slice(0, before).map(({ version }) => version)
  await record(db, versions)
  return versions
}

async function record(db: Kysely<Schema>, versions: readonly string[]): Promise<void> {
  const rows = versions.map((version) => ({ version }))
  await insertOnce(db, 'rollcall_migrations', rows)
}

/** Brings the database to the newest schema. Running it twice, or in two processes at once, is safe. */
export const { migrate, isMigrated } = guarded({
  /** Says whether the schema is the newest. */
  async isMigrated(db: Kysely<Schema>): Promise<boolean> {
    const done = await versionsDone(db)
    return migrations.every(({ version }) => done.includes(version))
  },
  async migrate(db: Kysely<Schema>): Promise<void> {
    let done = await versionsDone(db)
    if (done.length === 0 && dialectOf(db).name === 'mysql') done = await install(db)
    for (const { version, up } of migrations) {
      if (done.includes(version)) continue
      await up(db)
      await record(db, [version])
    }
  },
})
