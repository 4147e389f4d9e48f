// The store over SQLite files: migrations, contention between two connections, steps, the audit chain.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  brandId,
  readPolicy,
  verifyChain,
  type Account,
  type AuditLog,
  type Lease,
  type Snapshot,
  type Store,
} from '@rollcall/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAuditLog, createStore, migrate, migrations } from '../src/index.js'
import { account, open, plan, run, snapshot, snapshotId, step, system } from './fixtures.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-store-'))
  file = join(folder, 'rollcall.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function* entries(auditLog: AuditLog) {
  for (let after = 0; ;) {
    const page = await auditLog.read(after, 7)
    yield* page
    const last = page.at(-1)
    if (last === undefined) return
    after = last.index
  }
}

describe('migrations', () => {
  it('change nothing the second time, and keep what is stored', async () => {
    const first = await open(file)
    await first.store.putSetting('key', 'value')
    await migrate(first.db)
    const second = await open(file)
    expect(await second.store.setting('key')).toBe('value')
    const rows = await second.db.selectFrom('rollcall_migrations').select('version').execute()
    expect(rows.map((row) => row.version)).toEqual(migrations.map((one) => one.version))
  })

  it('finish what a crash left half done', async () => {
    const { db } = await open(file)
    await db.deleteFrom('rollcall_migrations').execute()
    await db.schema.dropTable('settings').execute()
    await migrate(db)
    await createStore(db).putSetting('key', 'value')
    expect(await createStore(db).setting('key')).toBe('value')
  })

  it('index the runs of an earlier version by status', async () => {
    const { db, store } = await open(file)
    await store.insertRun(run('r1', 'p1'))
    await store.insertRun(run('r2', 'p2', { status: 'finished' }))
    await db.schema.dropIndex('runs_by_status').execute()
    await db.schema.alterTable('runs').dropColumn('status').execute()
    await db.deleteFrom('rollcall_migrations').where('version', '=', '0004-run-status').execute()
    await Promise.all([migrate(db), open(file)])
    expect((await store.runsWith('executing')).map(({ runId }) => runId)).toEqual(['r1'])
    expect((await store.runsWith('finished')).map(({ runId }) => runId)).toEqual(['r2'])
  })

  it('index the runs of an earlier version by the policy of their plan', async () => {
    const { db, store } = await open(file)
    const ids = Array.from({ length: 120 }, (_, n) => `r${n}`)
    for (const [n, id] of ids.entries()) {
      await store.putPlan(plan(`p-${id}`, { policy: n % 2 ? 'odd' : null }))
      await store.insertRun(run(id, `p-${id}`, { startedAt: n }))
    }
    await db.schema.dropIndex('runs_by_policy').execute()
    await db.schema.alterTable('runs').dropColumn('policy').execute()
    await db.deleteFrom('rollcall_migrations').where('version', '=', '0010-runs-by-policy').execute()
    await Promise.all([migrate(db), open(file)])
    const { runs } = await store.listRuns({ policy: 'odd', limit: 200 })
    expect(runs.map(({ runId }) => runId)).toEqual(ids.filter((_, n) => n % 2).toReversed())
    await store.insertRun(run('new', 'p-new', { policy: 'odd', startedAt: 999 }))
    expect((await store.listRuns({ policy: 'odd', limit: 1 })).runs[0]?.runId).toBe('new')
  })

  it('split the heads of an earlier version, and find its vetoes by their run', async () => {
    const { db, driver, store } = await open(file)
    const groups = [{ id: brandId<never>('g'), name: 'users', grants: [] }] as unknown as Snapshot['groups']
    const whole = snapshot('s1', { asOf: 2, complete: true, groups })
    await store.putSnapshot(whole)
    const veto = { accountId: account('a').accountId, action: 'suspend-access', since: 1, until: 9, times: 1 } as const
    await store.putVeto({ ...veto, runId: brandId('r1') })
    const { doc } = driver.prepare('select doc from snapshots').get() as { readonly doc: string }
    const old = JSON.stringify({ ...(JSON.parse(doc) as object), groups })
    driver.exec(`
      alter table snapshots drop column group_grants;
      drop index vetoes_by_run;
      alter table vetoes drop column run_id;
      delete from rollcall_migrations where version = '0011-light-heads'`)
    driver.prepare('update snapshots set doc = ?').run(old)
    await Promise.all([migrate(db), open(file)])
    expect(await store.snapshots(1)).toEqual([JSON.parse(JSON.stringify(whole))])
    expect(driver.prepare('select doc from snapshots').get()).not.toMatchObject({
      doc: expect.stringContaining('users'),
    })
    expect((await store.vetoesOfRun(brandId('r1'))).map(({ accountId }) => accountId)).toEqual(['a'])
  })

  it('keep the members of groups', async () => {
    const { db, store, driver } = await open(file)
    const staff = [{ id: brandId<Account['groups'][number]['id']>('g'), name: 'Staff' }]
    await store.putAccounts(snapshotId, [
      account('a', { groups: staff }),
      account('b', { groups: staff }),
      account('c'),
    ])
    driver.exec(`
      alter table account_groups rename to later;
      create table account_groups (snapshot_id text not null, account_id text not null, group_lower text not null,
        primary key (snapshot_id, account_id, group_lower));
      insert into account_groups select snapshot_id, account_id, group_lower from later;
      drop table later;
      create index account_groups_by_group on account_groups (snapshot_id, group_lower, account_id);
      alter table accounts add column email_lower text not null default '';
      delete from rollcall_migrations where version = '0008-smaller-snapshots'`)
    await migrate(db)
    expect(await store.countAccounts({ snapshotId, inGroup: 'staff' })).toBe(2)
    await store.putAccounts(snapshotId, [account('a')])
    expect(await store.countAccounts({ snapshotId, inGroup: 'staff' })).toBe(1)
    expect(driver.prepare("select * from sqlite_master where name = 'account_groups_by_group'").all()).toEqual([])
  })

  it('open SQLite with a write-ahead log, full durability, and no wait inside the driver', async () => {
    const { driver } = await open(file)
    expect(driver.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(driver.pragma('synchronous', { simple: true })).toBe(2)
    expect(driver.pragma('busy_timeout', { simple: true })).toBe(0)
  })
})

describe('snapshots and plans', () => {
  it('list the finished snapshots newest first, apart from the newest unfinished one', async () => {
    const { store } = await open()
    expect(await store.snapshots(5)).toEqual([])
    await store.putSnapshot(snapshot('s1', { startedAt: 1, asOf: 2 }))
    await store.putSnapshot(snapshot('s2', { startedAt: 3, asOf: 4 }))
    await store.putSnapshot(snapshot('s3', { startedAt: 5 }))
    expect((await store.snapshots(5)).map((one) => one.id)).toEqual(['s2', 's1'])
    expect((await store.unfinishedSnapshot())?.id).toBe('s3')
    await store.putSnapshot(snapshot('s3', { startedAt: 5, asOf: 6 }))
    expect((await store.snapshots(1)).map((one) => one.id)).toEqual(['s3'])
    expect(await store.unfinishedSnapshot()).toBeUndefined()
  })

  it('never change a stored plan', async () => {
    const { store } = await open()
    await store.putPlan(plan('p1', { madeBy: 'mia' }))
    await store.putPlan(plan('p1', { madeBy: 'eve' }))
    await store.putPlan(plan('p2', { createdAt: 2 }))
    expect((await store.plan(brandId('p1')))?.madeBy).toBe('mia')
    expect((await store.plans(1)).map((one) => one.planId)).toEqual(['p2'])
  })
})

describe('a page of runs', () => {
  it('refuses an invalid cursor and a limit below one', async () => {
    const { store } = await open()
    for (const after of ['', '7', '[]', '["a","b"]', '[1,"r","s"]', '[1.5,"r"]', '{"0":1}'])
      await expect(store.listRuns({ after, limit: 1 })).rejects.toThrow('is not a place in this list')
    for (const limit of [0, -1, 1.5, NaN]) await expect(store.listRuns({ limit })).rejects.toThrow('at least 1')
  })

  it.each([
    ['of one policy', { policy: 'a' }, 'runs_by_policy'],
    ['of one policy by status', { policy: 'a', statuses: ['finished', 'stopped'] }, 'runs_by_policy'],
    ['of all', { after: '[5,"r"]' }, 'runs_by_start'],
  ] as const)('%s is read in the order of an index, and never sorted', async (_, query, index) => {
    const statements: string[] = []
    const { db, driver } = await open()
    const prepare = driver.prepare.bind(driver)
    driver.prepare = ((text: string) => (statements.push(text), prepare(text))) as typeof driver.prepare
    await createStore(db).listRuns({ ...query, limit: 5 })
    const explained = prepare(`explain query plan ${statements[0]}`).all(
      ...Array<string>(statements[0]?.split('?').length ?? 1)
        .fill('1')
        .slice(1),
    )
    const details = explained.map((row) => String((row as { detail: unknown }).detail)).join('; ')
    expect(details).toContain(index)
    expect(details).not.toContain('TEMP B-TREE')
  })
})

describe('two connections', () => {
  it('store one run for one plan', async () => {
    const [a, b] = [await open(file), await open(file)]
    const stored = await Promise.all([a.store.insertRun(run('r1', 'p')), b.store.insertRun(run('r2', 'p'))])
    expect(stored.toSorted()).toEqual([false, true])
    expect(await a.store.runs(10)).toHaveLength(1)
  })

  it('update only the newest revision of a run', async () => {
    const [a, b] = [await open(file), await open(file)]
    await a.store.insertRun(run('r', 'p'))
    expect(await a.store.updateRun(run('r', 'p', { status: 'finished' }))).toBe(true)
    expect(await b.store.updateRun(run('r', 'p', { status: 'stopped' }))).toBe(false)
    expect(await b.store.runOfPlan(brandId('p'))).toEqual(run('r', 'p', { status: 'finished', revision: 1 }))
  })

  it('keep a policy disabled that one marks while the other disables it', async () => {
    const [a, b] = [await open(file), await open(file)]
    const actions = ['suspend-access']
    const read = readPolicy({ name: 'a', scope: 'organization', conditions: { managed: true }, actions })
    if ('problems' in read) throw new Error('the policy can be read')
    const enabled = { name: 'a', policy: read.policy, version: 'v1', enabled: true, createdAt: 1 }
    await a.store.putPolicy(enabled, undefined)
    const disable = async (): Promise<void> => {
      const found = await b.store.policy('a')
      if (found !== undefined && !(await b.store.putPolicy({ ...found, enabled: false }, found))) await disable()
    }
    await Promise.all([
      ...Array.from({ length: 20 }, (_, n) => (n % 2 ? a : b).store.setPolicyState('a', { firedAt: n })),
      disable(),
      a.store.setPolicyState('a', { previewedVersion: 'v1' }),
    ])
    await a.store.setPolicyState('a', { firedAt: 19 })
    expect(await b.store.policy('a')).toMatchObject({ enabled: false, firedAt: 19 })
  })

  it('never both hold the lease, and the token only grows', async () => {
    const [a, b] = [await open(file), await open(file)]
    const first = await a.store.claimLease('a', 0, 100)
    expect(first).toEqual({ token: 1, owner: 'a', until: 100 })
    expect(await b.store.claimLease('b', 99, 200)).toBeUndefined()
    expect(await a.store.claimLease('a', 50, 150)).toEqual({ token: 1, owner: 'a', until: 150 })
    const second = await b.store.claimLease('b', 150, 250)
    expect(second).toEqual({ token: 2, owner: 'b', until: 250 })
    if (first === undefined || second === undefined) throw new Error('both were claimed')
    await a.store.releaseLease(first)
    expect(await b.store.lease()).toEqual(second)
    await b.store.releaseLease(second)
    expect(await b.store.lease()).toBeUndefined()
    expect((await b.store.claimLease('b', 151, 300))?.token).toBe(3)
    expect((await b.store.claimLease('b', 300, 400))?.token).toBe(3)
  })

  it('grant the lease to one of many that claim it at once', async () => {
    const [a, b] = [await open(file), await open(file)]
    const claims = Array.from({ length: 20 }, (_, n) => (n % 2 ? a : b).store.claimLease(`owner-${n}`, 0, 100))
    expect((await Promise.all(claims)).filter((lease) => lease !== undefined)).toHaveLength(1)
  })

  it('append to one audit chain that verifies', async () => {
    const [a, b] = [await open(file), await open(file)]
    const fact = (n: number) => ({
      at: n,
      actor: 'mia',
      event: 'planned' as const,
      details: { n, text: 'Zoë 🦊', gone: undefined },
    })
    await Promise.all(Array.from({ length: 60 }, (_, n) => (n % 2 ? a : b).auditLog.append(fact(n))))
    const verdict = await verifyChain(entries(a.auditLog), system)
    expect(verdict).toMatchObject({ ok: true, entries: 60, head: (await b.auditLog.head())?.hash })
  })
})

const claimLease = async (store: Store): Promise<Lease> =>
  (await store.claimLease('worker', 0, 100)) ?? expect.fail('the lease was not free')

describe('steps', () => {
  it('never change after they are terminal', async () => {
    const { store } = await open()
    const lease = await claimLease(store)
    for (const state of ['applied', 'skipped', 'failed', 'unknown', 'not-attempted'] as const) {
      await store.putStep(step(state, 1), lease)
      await store.putStep(step(state, 1, { state: 'sent', attempts: 1 }), lease)
      await store.putStep(step(state, 1, { state, attempts: 2 }), lease)
      await store.putStep(step(state, 1, { state: 'sent', attempts: 3 }), lease)
      await store.putStep(step(state, 1, { state: 'applied', attempts: 4, intentAt: 900 }), lease)
      expect(await store.steps(brandId(state))).toEqual([step(state, 1, { state, attempts: 2 })])
    }
    expect(await store.intentsSince(900)).toBe(0)
  })

  it('count towards the weekly budget of all runs from the instant of their intent', async () => {
    const { store } = await open()
    const lease = await claimLease(store)
    await store.putStep(step('r1', 2, { intentAt: 99 }), lease)
    await store.putStep(step('r1', 1, { intentAt: 100 }), lease)
    await store.putStep(step('r2', 1, { intentAt: 101, state: 'failed' }), lease)
    await store.putStep(step('r2', 2, { intentAt: undefined, state: 'not-attempted' }), lease)
    expect(await store.intentsSince(100)).toBe(2)
    expect((await store.steps(brandId('r1'))).map((one) => one.position)).toEqual([1, 2])
  })
})

describe('the audit log', () => {
  it('has no method that updates an entry, and deletes only by erasing and pruning', async () => {
    const { auditLog } = await open()
    const methods = ['addCheckpoint', 'append', 'checkpoints', 'erase', 'head', 'prune', 'read']
    expect(Object.keys(auditLog).toSorted()).toEqual(methods)
  })

  it('accepts an entry with a lease only from the current lease holder', async () => {
    const { store, auditLog } = await open()
    const first = await store.claimLease('ann', 0, 100)
    await auditLog.append({ at: 1, actor: 'ann', event: 'planned' }, undefined, first)
    const second = await store.claimLease('bob', 200, 300)
    const late = auditLog.append({ at: 201, actor: 'ann', event: 'planned' }, undefined, first)
    await expect(late).rejects.toThrow('Another process holds the lease now')
    await auditLog.append({ at: 202, actor: 'bob', event: 'planned' }, undefined, second)
    expect((await auditLog.read(0, 10)).map(({ fact }) => fact.actor)).toEqual(['ann', 'bob'])
  })

  it('detects an altered entry', async () => {
    const { auditLog, driver } = await open()
    for (const n of [1, 2, 3]) await auditLog.append({ at: n, actor: 'mia', event: 'planned' })
    driver.exec(`update audit set fact = replace(fact, 'mia', 'eve') where idx = 2`)
    expect(await verifyChain(entries(auditLog), system)).toMatchObject({ ok: false, index: 2, entries: 1 })
  })

  it('gives up with a clear message when other processes always write first', async () => {
    const { db, driver } = await open()
    let others = 0
    const crowded = {
      ...system,
      digest: async (text: string) => {
        const index = (others += 1)
        driver
          .prepare('insert into audit (idx, previous, hash, fact, subject) values (?, ?, ?, ?, ?)')
          .run(index, '', '', '{}', '')
        return system.digest(text)
      },
    }
    await expect(createAuditLog(db, crowded).append({ at: 1, actor: 'a', event: 'planned' })).rejects.toThrow(
      'Too many other processes were writing to the audit log',
    )
    expect(others).toBe(20)
  })
})

describe('protections, policies and settings', () => {
  it('are replaced by name, and deleted only once', async () => {
    const { store } = await open()
    const protection = { subject: 'group:Büro', reason: 'board', by: 'mia', addedAt: 1 }
    await store.putProtection(protection)
    await store.putProtection({ ...protection, reason: 'new' }, protection)
    expect(await store.protections()).toEqual([{ ...protection, reason: 'new' }])
    expect(await store.deleteProtection(protection)).toBe(false)
    expect(await store.deleteProtection({ ...protection, reason: 'new' })).toBe(true)
    expect(await store.protections()).toEqual([])
    await store.putSetting('a', '1')
    await store.putSetting('a', '2')
    expect(await store.setting('a')).toBe('2')
  })
})
