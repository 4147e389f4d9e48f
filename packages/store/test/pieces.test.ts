// Portions: Rollcall splits data that is too large for one statement or one response.

import { brandId, storedPlan, canonicalJson, type PlannedAction } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { portions } from '../src/pieces.js'
import { open, plan } from './fixtures.js'

describe('portions of rows', () => {
  const sizes = (rows: readonly object[]) => portions(rows).map((portion) => portion.length)

  it('end at a thousand rows or at 700 kilobytes, whichever comes first', () => {
    expect(sizes([])).toEqual([])
    expect(sizes(Array.from({ length: 2001 }, (_, n) => ({ n })))).toEqual([1000, 1000, 1])
    const large = (bytes: number) => ({ doc: 'x'.repeat(bytes) })
    expect(sizes([large(350_000), large(350_000), large(1)])).toEqual([2, 1])
    expect(sizes([large(350_000), large(350_001), large(1)])).toEqual([1, 2])
    expect(sizes([large(900_000), large(1), large(900_000)])).toEqual([1, 1, 1])
  })

  it('count bytes, not characters', () => {
    expect(sizes([{ doc: 'ü'.repeat(200_000) }, { doc: 'ü'.repeat(200_000) }])).toEqual([1, 1])
  })
})

describe('the actions of a plan', () => {
  const actions = (count: number): readonly PlannedAction[] =>
    Array.from({ length: count }, (_, n) => ({
      accountId: brandId(`a${n}`),
      action: 'suspend-access',
      target: {},
      reason: `because ${n}`,
      undo: 'restore',
      lastActive: n,
    }))

  it.each([0, 1, 9, 10, 11, 30_000])('read back unchanged: %i of them', async (count) => {
    const { store } = await open()
    const stored = plan('p', { actions: actions(count) })
    await store.putPlan(stored)
    await store.putPlan(plan('another', { createdAt: 2, actions: actions(3) }))
    expect(await store.plan(brandId('p'))).toEqual(stored)
    expect((await store.plans(9)).map((one) => one.actions.length)).toEqual([3, count])
  })

  it('come from the plan itself when an earlier version wrote them there', async () => {
    const { db, store } = await open()
    const old = plan('old', { actions: actions(25) })
    await db
      .insertInto('plans')
      .values({ plan_id: 'old', created_at: 1, doc: JSON.stringify(storedPlan(old)) })
      .execute()
    await store.putPlan(plan('new', { createdAt: 2, actions: actions(12) }))
    expect(await store.plan(old.planId)).toEqual(old)
    expect((await store.plans(9)).map((one) => one.actions.length)).toEqual([12, 25])
  })

  it('without a head, which is written last, are not a plan', async () => {
    const { db, store } = await open()
    await db.schema.alterTable('plans').renameTo('away').execute()
    await expect(store.putPlan(plan('p', { actions: actions(12) }))).rejects.toThrow()
    await db.schema.alterTable('away').renameTo('plans').execute()
    expect(await store.plans(9)).toEqual([])
    await store.putPlan(plan('p', { actions: actions(12) }))
    expect((await store.plan(brandId('p')))?.actions).toEqual(actions(12))
  })

  it('stay unchanged when somebody writes the plan again with other actions', async () => {
    const { store } = await open()
    await store.putPlan(plan('p', { actions: actions(5) }))
    await store.putPlan(plan('p', { actions: actions(50) }))
    expect((await store.plan(brandId('p')))?.actions).toEqual(actions(5))
  })

  it.each([0, 1, 10, 25])(
    'are counted in the head, even when an earlier version stored no summary of its %i actions',
    async (count) => {
      const { driver, store } = await open()
      await store.putPlan(plan('p', { actions: actions(count) }))
      const head = await store.planHead(brandId('p'))
      driver.exec("update plans set doc = json_remove(doc, '$.told')")
      expect(await store.planHead(brandId('p'))).toEqual(head)
      expect(head?.accounts).toBe(count)
      const old = plan('old', { actions: actions(count) })
      driver.prepare("insert into plans values ('old', 2, ?)").run(JSON.stringify(storedPlan(old)))
      expect((await store.listPlans({ limit: 1 })).plans[0]).toEqual({ ...head, planId: 'old' })
    },
  )

  it('are not read with the heads', async () => {
    const { db, store } = await open()
    await store.putPlan(plan('p', { actions: actions(25) }))
    await db.schema.dropTable('plan_parts').execute()
    expect((await store.planHead(brandId('p')))?.accounts).toBe(25)
    expect((await store.listPlans({ limit: 9 })).plans.map(({ accounts }) => accounts)).toEqual([25])
    await expect(store.plan(brandId('p'))).rejects.toThrow()
  })

  it('have a fingerprint that does not cover the summary in the head', async () => {
    const { db, store } = await open()
    const stored = { ...plan('p', { actions: actions(25) }), fingerprint: '' }
    await store.putPlan(stored)
    expect((await db.selectFrom('plans').select('doc').executeTakeFirstOrThrow()).doc).toContain('"told"')
    const [read] = await store.plans(1)
    expect(canonicalJson(read)).toBe(canonicalJson(stored))
  })
})
