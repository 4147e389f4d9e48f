// The migrations create a MySQL database within Forge SQL's limits, and an interruption at any point does no harm.

import { brandId, type Store } from '@rollcall/core'
import { access, account, plan, run, site } from '@rollcall/core/testing'
import { createStore, isMigrated, migrate, migrations, type RunSql } from '@rollcall/store'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openDatabase } from './database.js'
import { mariadb } from './shared.js'

const setting = async (db: Parameters<typeof createStore>[0]) => {
  await createStore(db).putSetting('key', 'value')
  return createStore(db).setting('key')
}

/** Notes the statements on their way, and loses all from a given one on. */
function watched() {
  const seen: { query: string; kind: string }[] = []
  let left = Infinity
  const around =
    (run: RunSql): RunSql =>
    async (query, parameters, kind) => {
      if ((left -= 1) < 0) throw new Error('cut off')
      seen.push({ query, kind })
      return run(query, parameters, kind)
    }
  return { seen, around, cutAfter: (statements: number) => (left = statements) }
}

describe.skipIf(mariadb === undefined)('a new MySQL database', () => {
  it('needs one statement per table, twenty at most, and one select once it exists', async () => {
    const { seen, around } = watched()
    const { db, close } = await openDatabase(mariadb, {}, around)
    await migrate(db)
    const ddl = seen.filter(({ kind }) => kind === 'ddl')
    expect(ddl.length).toBeLessThanOrEqual(20)
    expect(ddl.filter(({ query }) => !query.startsWith('create table if not exists'))).toEqual([])
    seen.length = 0
    await migrate(db)
    expect(seen.map(({ query }) => query)).toEqual(['select `version` from `rollcall_migrations`'])
    await close()
  })

  it('has all migrations applied, and compares texts byte by byte', async () => {
    const { db, close } = await openDatabase(mariadb)
    await migrate(db)
    const rows = await db.selectFrom('rollcall_migrations').select('version').orderBy('version').execute()
    expect(rows.map(({ version }) => version)).toEqual(migrations.map(({ version }) => version))
    const store = createStore(db)
    for (const name of ['a', 'A', 'ä', '🦊']) await store.putSetting(name, name)
    for (const name of ['a', 'A', 'ä', '🦊']) expect(await store.setting(name)).toBe(name)
    await close()
  })

  it('is completed by the next start, wherever the first one was interrupted', async () => {
    const { around, cutAfter } = watched()
    const { db, close } = await openDatabase(mariadb, {}, around)
    const finishes = (statements: number) => {
      cutAfter(statements)
      return migrate(db).then(
        () => true,
        () => false,
      )
    }
    // Each round gets one statement further than the one before.
    let statements = 0
    while (!(await finishes(statements))) statements += 1
    expect(statements).toBeGreaterThan(15)
    cutAfter(Infinity)
    expect(await setting(db)).toBe('value')
    await close()
  })

  it('is the same when several processes create it at once', async () => {
    const { db, close } = await openDatabase(mariadb)
    await Promise.all([migrate(db), migrate(db), migrate(db)])
    expect(await setting(db)).toBe('value')
    await migrate(db)
    expect(await setting(db)).toBe('value')
    await close()
  })

  it('of the version before gets the activity on products, and counts no account as inactive until the next sync', async () => {
    const { seen, around } = watched()
    const { db, close } = await openDatabase(mariadb, {}, around)
    await migrate(db)
    const [snapshotId, lastActive] = [
      brandId<Parameters<Store['putAccounts']>[0]>('s1'),
      { kind: 'at', at: Date.UTC(2026, 0, 1) } as const,
    ]
    const [store, users] = [createStore(db), [account({ products: [access({ lastActive })] })]]
    await store.putAccounts(snapshotId, users)
    await sql`
      alter table account_products drop index account_products_by_activity, drop index account_products_by_product,
        drop column last_active, drop column inactive_since,
        add index account_products_by_product (snapshot_id, product, account_id, site)`.execute(db)
    await db.deleteFrom('rollcall_migrations').where('version', '=', '0009-product-activity').execute()
    seen.length = 0
    await migrate(db)
    expect(seen.filter(({ kind }) => kind === 'ddl').length).toBeLessThanOrEqual(3)
    const inactive = { snapshotId, site, product: 'jira-software', inactiveBefore: Date.UTC(2026, 0, 2) }
    expect(await store.countAccounts(inactive)).toBe(0)
    await store.putAccounts(snapshotId, users)
    expect(await store.countAccounts(inactive)).toBe(1)
    expect((await store.accounts({ ...inactive, sort: 'lastActive', limit: 9 })).accounts).toEqual(users)
    await migrate(db)
    await close()
  })

  it('gets only the newest migration when only that one is missing', async () => {
    const { seen, around } = watched()
    const { db, close } = await openDatabase(mariadb, {}, around)
    await migrate(db)
    await db
      .deleteFrom('rollcall_migrations')
      .where('version', '=', migrations.at(-1)?.version ?? '')
      .execute()
    seen.length = 0
    await migrate(db)
    expect(seen.filter(({ kind }) => kind === 'ddl')).toEqual([])
    expect(await isMigrated(db)).toBe(true)
    await close()
  })

  it('of an earlier version gets the policy of each of its runs', async () => {
    const { seen, around } = watched()
    const { db, close } = await openDatabase(mariadb, {}, around)
    await migrate(db)
    const store = createStore(db)
    for (const [n, policy] of ['a', null, 'A', 'a'].entries()) {
      await store.putPlan(plan({ planId: brandId(`plan-${n}`), policy }))
      await store.insertRun(run(`run-${n}`, `plan-${n}`, { startedAt: n }))
    }
    await db.schema.alterTable('runs').dropIndex('runs_by_policy').execute()
    await db.schema.alterTable('runs').dropColumn('policy').execute()
    await db.deleteFrom('rollcall_migrations').where('version', '=', '0010-runs-by-policy').execute()
    seen.length = 0
    await migrate(db)
    expect(seen.filter(({ kind }) => kind === 'ddl').map(({ query }) => query.slice(0, 12))).toEqual([
      'alter table ',
      'create index',
    ])
    const { runs } = await store.listRuns({ policy: 'a', limit: 9 })
    expect(runs.map(({ runId }) => runId)).toEqual(['run-3', 'run-0'])
    await close()
  })
})
