// Quarantine: a refused plan is kept with all that refuses it, until a person accepts the codes by name or discards it.

import { describe, expect, it } from 'vitest'
import { acceptableCodes, hour, UsageError } from '../src/index.js'
import { type MemoryWorld, policy } from '../src/testing/index.js'
import { by, factsOf, forever, planned, quiet, worldOf } from './flow.js'

/** A plan that touches more than its policy allows, refused once. */
async function refused(): Promise<MemoryWorld & { readonly planId: string; readonly fingerprint: string }> {
  const world = worldOf(quiet(4))
  const { planId, fingerprint } = await planned(world, { limits: { accounts: 2, percent: 20 } })
  await world.app.approve({ planId, fingerprint }, by)
  return { ...world, planId, fingerprint }
}

describe('a refused plan', () => {
  it('waits in quarantine with every refusal, its figure and its limit', async () => {
    const { app, planId } = await refused()
    const [waiting] = await app.waiting()
    expect([waiting?.plan.planId, waiting?.run.status]).toEqual([planId, 'quarantined'])
    expect(waiting?.run.refusals).toMatchObject([{ code: 'too-many', actual: 4, limit: 2 }])
  })

  it('runs once a person accepts its codes by name, and the log keeps who accepted what', async () => {
    const { app, planId, fingerprint, directory } = await refused()
    const approved = await app.approve({ planId, fingerprint, accepted: ['too-many'] }, 'noah')
    if ('refusals' in approved) throw new Error('refused')
    await app.work(approved.run.runId, forever)
    expect(directory.arrived).toHaveLength(4)
    expect(await app.waiting()).toEqual([])
    const told = (await factsOf(app)).find(({ event }) => event === 'approved')
    expect(told).toMatchObject({ actor: 'noah', planId, details: { accepted: ['too-many'] } })
  })

  it('stays refused while one of its codes is not accepted', async () => {
    const { app, planId, fingerprint, directory } = await refused()
    const answer = await app.approve({ planId, fingerprint, accepted: ['anomaly', 'over-budget'] }, by)
    expect(answer).toMatchObject({ refusals: [{ code: 'too-many' }] })
    expect(directory.calls('apply')).toBe(0)
  })

  it('that somebody discards never runs, and the log keeps who', async () => {
    const { app, planId, fingerprint, directory } = await refused()
    expect((await app.discard(planId, 'noah')).status).toBe('discarded')
    expect(await app.waiting()).toEqual([])
    await expect(app.approve({ planId, fingerprint, accepted: [...acceptableCodes] }, by)).rejects.toThrow(
      'noah discarded this plan',
    )
    expect(directory.calls('apply')).toBe(0)
    expect((await factsOf(app)).at(-1)).toMatchObject({ actor: 'noah', event: 'discarded', planId })
  })

  it('shows what refused it last', async () => {
    const { app, planId, fingerprint, system } = await refused()
    system.advance(25 * hour)
    await app.approve({ planId, fingerprint, accepted: ['too-many'] }, by)
    const [waiting] = await app.waiting()
    expect(waiting?.run.refusals?.map(({ code }) => code)).toEqual(['plan-expired', 'snapshot-stale'])
  })
})

describe('discarding', () => {
  it('a plan that nobody has approved is possible, twice is once', async () => {
    const world = worldOf(quiet(1))
    const { planId } = await planned(world)
    await world.app.discard(planId, by)
    expect((await world.app.discard(planId, 'noah')).discardedBy).toBe(by)
  })

  it('a plan that has begun is not: its run can be undone', async () => {
    const world = worldOf(quiet(1))
    const { planId, fingerprint } = await planned(world)
    await world.app.approve({ planId, fingerprint }, by)
    await expect(world.app.discard(planId, by)).rejects.toThrow('has begun')
  })

  it('a plan that is not there is a usage error', async () => {
    await expect(worldOf([]).app.discard('nothing', by)).rejects.toThrow(UsageError)
  })

  it('and approving at the same time ends in one of both', async () => {
    for (const discardFirst of [true, false]) {
      const world = worldOf(quiet(1))
      const { planId, fingerprint } = await planned(world)
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

it('who mistypes a fingerprint puts nothing into quarantine', async () => {
  const world = worldOf(quiet(1))
  const { planId } = await planned(world)
  await world.app.approve({ planId, fingerprint: 'other' }, by)
  expect(await world.app.waiting()).toEqual([])
})

it('a scheduled plan that is refused waits with its refusals', async () => {
  const world = worldOf(quiet(4))
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
