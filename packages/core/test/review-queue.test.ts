// Review queue: Rollcall keeps a blocked plan and its refusals until a person accepts the codes by name or discards it.

import { describe, expect, it } from 'vitest'
import { acceptableCodes, hour, UsageError } from '../src/index.js'
import { type MemoryWorld, policy } from '../src/testing/index.js'
import { by, factsOf, forever, syncAndPlan, inactiveUsers, worldOf } from './flow.js'

/** A plan that changes more accounts than its policy allows, refused once. */
async function refused(): Promise<MemoryWorld & { readonly planId: string; readonly fingerprint: string }> {
  const world = worldOf(inactiveUsers(4))
  const { planId, fingerprint } = await syncAndPlan(world, { limits: { accounts: 2, percent: 20 } })
  await world.app.approve({ planId, fingerprint }, by)
  return { ...world, planId, fingerprint }
}

describe('a refused plan', () => {
  it('is quarantined with every refusal, the actual figure and the limit', async () => {
    const { app, planId } = await refused()
    const [waiting] = await app.waiting()
    expect([waiting?.plan.planId, waiting?.run.status]).toEqual([planId, 'quarantined'])
    expect(waiting?.run.refusals).toMatchObject([{ code: 'too-many', actual: 4, limit: 2 }])
  })

  it('runs after a person accepts its codes by name, and the audit log records who accepted what', async () => {
    const { app, planId, fingerprint, directory } = await refused()
    const approved = await app.approve({ planId, fingerprint, accepted: ['too-many'] }, 'noah')
    if ('refusals' in approved) throw new Error('refused')
    await app.work(approved.run.runId, forever)
    expect(directory.arrived).toHaveLength(4)
    expect(await app.waiting()).toEqual([])
    const logged = (await factsOf(app)).find(({ event }) => event === 'approved')
    expect(logged).toMatchObject({ actor: 'noah', planId, details: { accepted: ['too-many'] } })
  })

  it('stays blocked while one of its codes is not accepted', async () => {
    const { app, planId, fingerprint, directory } = await refused()
    const response = await app.approve({ planId, fingerprint, accepted: ['anomaly', 'over-budget'] }, by)
    expect(response).toMatchObject({ refusals: [{ code: 'too-many' }] })
    expect(directory.calls('apply')).toBe(0)
  })

  it('never runs after somebody discards it, and the audit log records who did', async () => {
    const { app, planId, fingerprint, directory } = await refused()
    expect((await app.discard(planId, 'noah')).status).toBe('discarded')
    expect(await app.waiting()).toEqual([])
    await expect(app.approve({ planId, fingerprint, accepted: [...acceptableCodes] }, by)).rejects.toThrow(
      'noah discarded this plan',
    )
    expect(directory.calls('apply')).toBe(0)
    expect((await factsOf(app)).at(-1)).toMatchObject({ actor: 'noah', event: 'discarded', planId })
  })

  it('shows the latest refusals', async () => {
    const { app, planId, fingerprint, system } = await refused()
    system.advance(25 * hour)
    await app.approve({ planId, fingerprint, accepted: ['too-many'] }, by)
    const [waiting] = await app.waiting()
    expect(waiting?.run.refusals?.map(({ code }) => code)).toEqual(['plan-expired', 'snapshot-stale'])
  })
})

describe('discarding', () => {
  it('works for a plan that nobody has approved, and a second time changes nothing', async () => {
    const world = worldOf(inactiveUsers(1))
    const { planId } = await syncAndPlan(world)
    await world.app.discard(planId, by)
    expect((await world.app.discard(planId, 'noah')).discardedBy).toBe(by)
  })

  it('fails for a plan that has begun, because its run can be undone', async () => {
    const world = worldOf(inactiveUsers(1))
    const { planId, fingerprint } = await syncAndPlan(world)
    await world.app.approve({ planId, fingerprint }, by)
    await expect(world.app.discard(planId, by)).rejects.toThrow('has begun')
  })

  it('a missing plan is a usage error', async () => {
    await expect(worldOf([]).app.discard('nothing', by)).rejects.toThrow(UsageError)
  })

  it('and approving at the same time leads to one of the two', async () => {
    for (const discardFirst of [true, false]) {
      const world = worldOf(inactiveUsers(1))
      const { planId, fingerprint } = await syncAndPlan(world)
      const other = world.process().app
      const calls = [() => other.discard(planId, by), () => world.app.approve({ planId, fingerprint }, by)]
      if (!discardFirst) calls.reverse()
      await Promise.allSettled(calls.map((call) => call()))
      const [run] = await world.app.runs(9)
      expect(await world.app.runs(9)).toHaveLength(1)
      expect(['discarded', 'executing']).toContain(run?.status)
    }
  })
})

it('a mistyped fingerprint quarantines nothing', async () => {
  const world = worldOf(inactiveUsers(1))
  const { planId } = await syncAndPlan(world)
  await world.app.approve({ planId, fingerprint: 'other' }, by)
  expect(await world.app.waiting()).toEqual([])
})

it('a blocked scheduled plan waits with its refusals', async () => {
  const world = worldOf(inactiveUsers(4))
  const schedule = { every: '1 day', at: '09:00', timeZone: 'UTC' }
  const read = policy({ schedule, approval: 'automatic', limits: { accounts: 2, percent: 20 } })
  await world.app.importPolicy(read, by)
  await world.app.sync(by)
  await world.app.planStored(read.name, by)
  await world.app.enablePolicy(read.name, by)
  world.system.advance(hour)
  await world.app.fireDue(by)
  expect((await world.app.waiting()).map(({ run }) => run.refusals?.map(({ code }) => code))).toEqual([['too-many']])
})

it('a newer plan of a schedule discards the older ones of its policy that still wait', async () => {
  const world = worldOf(inactiveUsers(4))
  const schedule = { every: '1 day', at: '09:00', timeZone: 'UTC', weekends: true }
  for (const name of ['One', 'Two']) {
    await world.app.importPolicy(policy({ name, schedule, limits: { percent: 20 } }), by)
    await world.app.sync(by)
    await world.app.planStored(name, by)
    await world.app.enablePolicy(name, by)
  }
  const made: string[] = []
  for (let days = 0; days < 4; days += 1) {
    world.system.advance(days === 0 ? hour : 24 * hour)
    made.push(...(await world.app.fireDue(by)).map(({ planId }) => planId))
  }
  expect(made).toHaveLength(8)
  const waiting = (await world.app.waiting()).map(({ plan }) => plan.planId)
  expect(waiting.toSorted()).toEqual(made.slice(-2).toSorted())
  const discarded = (await factsOf(world.app)).filter(({ event }) => event === 'discarded')
  expect(discarded.map(({ planId }) => planId).toSorted()).toEqual(made.slice(0, -2).toSorted())
  expect(new Set(discarded.map(({ actor }) => actor))).toEqual(new Set(['schedule']))
})
