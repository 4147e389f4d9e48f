// Everything that the store writes fits into Forge SQL's requests of 1 MiB and responses of 4 MiB, and comes back unchanged.

import { brandId, type PlannedAction, type RunId, type Step } from '@rollcall/core'
import { account, accountId, manualSystem, plan, step } from '@rollcall/core/testing'
import { createAuditLog, createStore, migrate } from '@rollcall/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase, type OpenDatabase } from './database.js'
import { limits, meter } from './meter.js'
import { mariadb } from './shared.js'

const { around, take } = meter()

function expectSmall(): void {
  const { statements, request, response } = take()
  expect(statements).toBeGreaterThan(1)
  expect(request).toBeLessThan(limits.request)
  expect(response).toBeLessThan(limits.response)
}

describe.skipIf(mariadb === undefined)('MariaDB stores and returns', () => {
  let database: OpenDatabase
  beforeAll(async () => {
    database = await openDatabase(mariadb, {}, around)
    await migrate(database.db)
    take()
  })
  afterAll(() => database.close())

  it('pages of a thousand accounts with a hundred groups each', async () => {
    const store = createStore(database.db)
    const groups = Array.from({ length: 100 }, (_, n) => ({
      id: brandId<never>(`g-${n}`),
      name: `Größe "${n}" `.repeat(3),
    }))
    const people = Array.from({ length: 1500 }, (_, n) =>
      account({ accountId: accountId(`p${String(n).padStart(4, '0')}`), name: `Person ${n % 7}`, groups }),
    )
    const snapshotId = brandId<Parameters<typeof store.putAccounts>[0]>('s1')
    await store.putAccounts(snapshotId, people)
    expectSmall()
    for (const sort of ['accountId', 'name', 'lastActive'] as const) {
      const first = await store.accounts({ snapshotId, sort, limit: 1000 })
      const second = await store.accounts({ snapshotId, sort, limit: 1000, after: first.next ?? '' })
      expect([first.accounts.length, second.accounts.length, second.next]).toEqual([1000, 500, undefined])
      const found = [...first.accounts, ...second.accounts].toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))
      expect(found).toEqual(people)
      expectSmall()
    }
    const some = await store.someAccounts(
      snapshotId,
      people.map((one) => one.accountId),
    )
    expect(some.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))).toEqual(people)
    expectSmall()
  })

  it('a plan with thirty thousand actions', async () => {
    const store = createStore(database.db)
    const actions = Array.from({ length: 30_000 }, (_, n): PlannedAction => ({
      accountId: accountId(`person-${n}`),
      action: 'revoke-product-access',
      lastActive: n,
      target: { site: 'acme.atlassian.net', product: 'jira-software', workspace: brandId('ari:cloud:jira::site/1') },
      reason: `last active on 2026-01-01 in jira-software, more than 90 days ago, and not in "contractors" (${n})`,
      undo: 'gives the seat of jira-software on acme.atlassian.net back',
    }))
    const [large, small] = [
      plan({ planId: brandId('large'), actions }),
      plan({ planId: brandId('small'), createdAt: 1 }),
    ]
    for (const one of [large, small]) await store.putPlan(one)
    expectSmall()
    expect(await store.plan(large.planId)).toEqual(large)
    expectSmall()
    expect(await store.plans(9)).toEqual([large, small].toSorted((a, b) => b.createdAt - a.createdAt))
    expectSmall()
  })

  it('the steps of a long run, by position, by account, and the newest first', async () => {
    const store = createStore(database.db)
    const lease = (await store.claimLease('worker', 0, 100)) ?? expect.fail('the lease was not free')
    const runs = ['r1', 'r2'] as const
    const steps: Step[] = []
    for (const [of, runId] of runs.entries())
      for (let position = 0; position < 1200; position += 1) {
        const ann = { accountId: accountId('ann'), intentAt: 100 + Math.floor((position + of) / 400) }
        steps.push(step(runId, position, { ...ann, reason: 'so it is '.repeat(400) }))
      }
    for (const one of steps) await store.putStep(one, lease)
    take()
    const of = (runId: string) => steps.filter((one) => one.runId === runId)
    expect(await store.steps(brandId<RunId>('r2'))).toEqual(of('r2'))
    expectSmall()
    const newestFirst = steps.toSorted(
      (a, b) =>
        (b.intentAt ?? 0) - (a.intentAt ?? 0) ||
        (a.runId < b.runId ? 1 : -1) * Number(a.runId !== b.runId) ||
        b.position - a.position,
    )
    expect(await store.stepsOf(accountId('ann'))).toEqual(newestFirst)
    expectSmall()
    expect(await store.stepsSince(101)).toEqual(newestFirst.filter(({ intentAt }) => (intentAt ?? 0) >= 101))
    expectSmall()
  })

  it('vetoes, protections and the audit log', async () => {
    const [store, auditLog] = [createStore(database.db), createAuditLog(database.db, manualSystem())]
    const count = 700
    const text = 'because it is so '.repeat(600)
    for (let n = 0; n < count; n += 1) {
      await store.putVeto({
        accountId: accountId(`v${n}`),
        action: 'suspend-access',
        runId: brandId('r'),
        since: 1,
        times: n,
        until: undefined,
      })
      await store.putProtection({ subject: `email:${n}@acme.example`, reason: text, by: 'mia', addedAt: n })
      await auditLog.append({ at: n, actor: 'mia', event: 'planned', reason: text })
    }
    take()
    expect(new Set((await store.vetoes()).map(({ times }) => times)).size).toBe(count)
    expect(new Set((await store.protections()).map(({ addedAt }) => addedAt)).size).toBe(count)
    expect((await auditLog.read(0, 1000)).map(({ index }) => index)).toEqual(
      Array.from({ length: count }, (_, n) => n + 1),
    )
    expect((await auditLog.read(5, 300)).map(({ index }) => index)).toEqual(
      Array.from({ length: 300 }, (_, n) => n + 6),
    )
    expectSmall()
  })
})
