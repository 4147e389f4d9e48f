// Scheduler: a schedule makes one plan per occurrence. The plan runs without approval only where that is allowed and safe.

import { describe, expect, it } from 'vitest'
import {
  day,
  dueRunTime,
  formatInstant,
  hour,
  minute,
  nextOf,
  parseInstant,
  type StoredPolicy,
  defaultNonWorkingDays,
  viewExcluded,
} from '../src/index.js'
import { Crash, policy, testNow, type MemoryWorld } from '../src/testing/index.js'
import { by, factsOf, forever, inactiveUsers, worldOf } from './flow.js'

const daily = { every: '1 day', at: '09:00', timeZone: 'UTC' } // testNow is 08:00 UTC
const name = policy().name

/** Imports, previews and enables a policy that fires every day at nine. */
async function scheduled(world: MemoryWorld, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const read = policy({ schedule: daily, approval: 'automatic', limits: { take: 1 }, ...changes })
  await world.app.importPolicy(read, by)
  await world.app.sync(by)
  await world.app.planStored(read.name, by)
  await world.app.enablePolicy(read.name, by)
}
const fired = async ({ app }: MemoryWorld) => (await app.fireDue(by)).map(({ status }) => status)

describe('a scheduled policy', () => {
  it('fires once when it is due, and runs without approval when its approval is automatic', async () => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world)
    expect(await fired(world)).toEqual([])
    world.system.advance(hour)
    const [run] = await world.app.fireDue(by)
    expect(run?.status).toBe('executing')
    expect(await fired(world)).toEqual([])
    await world.app.work(run?.runId as never, forever)
    expect(world.directory.arrived.map(({ change }) => change.accountId)).toEqual(['inactive-0'])
  })

  it('syncs before it plans', async () => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world)
    world.system.advance(hour)
    world.organization.people.delete('inactive-0')
    await world.app.fireDue(by)
    const [plan] = await world.app.plans(1)
    expect([plan?.actions[0]?.accountId, plan?.snapshotAsOf, plan?.madeBy, plan?.scheduled]).toEqual([
      'inactive-1',
      testNow + hour,
      'schedule',
      true,
    ])
  })

  it('that was interrupted after its sync does not sync again', async () => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world)
    world.system.advance(hour + minute)
    await world.app.sync(by)
    const pages = world.directory.calls('readAccounts')
    world.system.advance(58 * minute)
    expect(await fired(world)).toEqual(['executing'])
    expect(world.directory.calls('readAccounts')).toBe(pages)
  })

  it.each([
    ['was taken before the occurrence', -minute],
    ['is an hour old', hour],
  ])('syncs when the newest snapshot %s', async (_, after) => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world)
    world.system.advance(hour + Math.min(after, 0))
    await world.app.sync(by)
    const pages = world.directory.calls('readAccounts')
    world.system.advance(Math.abs(after))
    await fired(world)
    expect(world.directory.calls('readAccounts')).toBeGreaterThan(pages)
  })

  it('does not change the account of the person who enabled it', async () => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world)
    await world.app.disablePolicy(name, by)
    await world.app.enablePolicy(name, 'inactive-0')
    world.system.advance(day + hour)
    const [run] = await world.app.fireDue(by)
    const plan = await world.app.showPlan(run?.planId ?? '')
    expect(plan.plan.actions.map(({ accountId }) => accountId)).toEqual(['inactive-1'])
    expect(viewExcluded(plan.plan.excluded).byReason['is the requester']).toBe(1)
  })

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['needs approval when its approval is required', { approval: 'required' }, 'awaiting-approval'],
    ['is quarantined when it would change too many accounts', { limits: { accounts: 1 } }, 'quarantined'],
  ])('%s', async (_what, changes, status) => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world, changes)
    world.system.advance(hour)
    expect(await fired(world)).toEqual([status])
    expect(await world.app.executing()).toEqual([])
    expect(world.directory.calls('apply')).toBe(0)
  })

  it('is quarantined when nobody has previewed this version', async () => {
    const world = worldOf(inactiveUsers(3))
    await world.app.importPolicy(policy({ schedule: daily, approval: 'automatic', limits: { take: 1 } }), by)
    await world.app.enablePolicy(name, by)
    world.system.advance(hour)
    expect(await fired(world)).toEqual(['quarantined'])
  })

  it('that needs approval can be approved later, by its fingerprint', async () => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world, { approval: 'required' })
    world.system.advance(hour)
    await world.app.fireDue(by)
    const [plan] = await world.app.plans(1)
    const approved = await world.app.approve({ planId: plan?.planId ?? '', fingerprint: plan?.fingerprint ?? '' }, by)
    expect('run' in approved && [approved.run.status, approved.run.approvedBy]).toEqual(['executing', by])
    expect(await world.app.runs(9)).toHaveLength(1)
  })

  it('that was missed for a week makes one plan, which needs approval', async () => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world)
    world.system.advance(7 * day + 5 * hour)
    expect(await fired(world)).toEqual(['awaiting-approval'])
    expect(await fired(world)).toEqual([])
  })

  it.each([
    ['its sync', 1],
    ['its approval', 2],
  ])('that fired in time, but took an hour for %s, needs approval', async (_what, slowCall) => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world)
    world.system.advance(hour)
    const { organization } = world.directory
    let calls = 0
    Object.assign(world.directory, {
      organization: () => {
        calls += 1
        if (calls === slowCall) world.system.advance(61 * minute)
        return organization()
      },
    })
    expect(await fired(world)).toEqual(['awaiting-approval'])
    expect(await fired(world)).toEqual([])
    const [plan] = await world.app.plans(1)
    const approved = await world.app.approve({ planId: plan?.planId ?? '', fingerprint: plan?.fingerprint ?? '' }, by)
    expect('run' in approved).toBe(true)
  })

  it('counts occurrences only after it was enabled', async () => {
    const world = worldOf(inactiveUsers(3))
    await world.app.importPolicy(policy({ schedule: daily, approval: 'automatic' }), by)
    world.system.advance(3 * day + 2 * hour)
    await world.app.sync(by)
    await world.app.enablePolicy(name, by)
    expect(await fired(world)).toEqual([])
  })

  it('does nothing while it is disabled, or while the stop switch is on', async () => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world)
    await world.app.stop(by)
    world.system.advance(hour)
    expect(await fired(world)).toEqual([])
    await world.app.resume(by)
    await world.app.disablePolicy(name, by)
    expect(await fired(world)).toEqual([])
    expect((await world.app.runs(9)).length).toBe(0)
  })

  it('that is disabled during the sync does not fire, and stays disabled', async () => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world)
    world.system.advance(hour)
    const { readAccounts } = world.directory
    Object.assign(world.directory, {
      async readAccounts(...given: Parameters<typeof readAccounts>) {
        await world.app.disablePolicy(name, 'noah')
        return readAccounts(...given)
      },
    })
    expect(await fired(world)).toEqual([])
    expect((await world.app.policy(name)).enabled).toBe(false)
  })

  it('whose product is gone is logged, and does not keep others from firing', async () => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world)
    await scheduled(world, { name: 'A policy of an old site' })
    const stored = await world.app.policy('A policy of an old site')
    const gone = { ...stored.policy, scope: { site: 'old.atlassian.net', product: 'jira-software' } }
    await world.ports.store.putPolicy({ ...stored, policy: gone }, stored)
    world.system.advance(hour)
    expect(await fired(world)).toEqual(['executing'])
    const refused = (await factsOf(world.app)).filter(({ event }) => event === 'refused')
    expect(refused).toMatchObject([
      {
        actor: 'schedule',
        subject: 'A policy of an old site',
        reason: expect.stringContaining('has no "jira-software" on old.atlassian.net'),
      },
    ])
    expect(await fired(world)).toEqual([])
  })
})

describe('one occurrence makes exactly one run', () => {
  const due = async (changes: Readonly<Record<string, unknown>> = {}) => {
    const world = worldOf(inactiveUsers(3))
    await scheduled(world, changes)
    world.system.advance(hour)
    return world
  }
  const made = async ({ app }: MemoryWorld) => {
    const plans = (await app.plans(9)).filter((plan) => plan.scheduled)
    return { plans: plans.length, runs: (await app.runs(9)).map(({ status }) => status) }
  }

  it.each([
    ['automatic', 'executing'],
    ['required', 'awaiting-approval'],
  ])('when the process is killed at any call: %s', async (approval, status) => {
    const probe = await due({ approval })
    const process = probe.process()
    await process.app.fireDue(by)
    expect(process.calls()).toBeGreaterThan(20)
    for (let at = 1; at <= process.calls(); at += 1)
      for (const when of ['before', 'after'] as const) {
        const world = await due({ approval })
        await expect(world.process({ at, when }).app.fireDue(by)).rejects.toThrow(Crash)
        world.system.advance(minute)
        await world.process().app.fireDue(by)
        expect(await made(world)).toEqual({ plans: 1, runs: [status] })
        expect(await fired(world)).toEqual([])
        expect((await world.app.verifyAudit()).ok).toBe(true)
      }
  })

  it.each([2, 3])('when %i servers fire at the same time', async (servers) => {
    const world = await due()
    await Promise.all(Array.from({ length: servers }, () => world.process().app.fireDue(by)))
    expect(await made(world)).toEqual({ plans: 1, runs: ['executing'] })
    expect(await fired(world)).toEqual([])
  })

  it('and the next occurrence makes another', async () => {
    const world = await due()
    await fired(world)
    world.system.advance(day)
    expect(await fired(world)).toEqual(['executing'])
    expect(await made(world)).toMatchObject({ plans: 2 })
  })
})

describe('a policy that is disabled while Rollcall writes to it', () => {
  it.each([
    ['its occurrence', ({ app }: MemoryWorld) => app.fireDue(by)],
    ['its preview', ({ app }: MemoryWorld) => app.planStored(name, by)],
  ])('%s stays disabled', async (_what, act) => {
    for (let reading = 1; reading <= 6; reading += 1) {
      const world = worldOf(inactiveUsers(3))
      await scheduled(world)
      world.system.advance(hour)
      const { policy: read } = world.ports.store
      let readings = 0
      Object.assign(world.ports.store, {
        async policy(...given: Parameters<typeof read>) {
          const found = await read(...given)
          if ((readings += 1) === reading) await world.app.disablePolicy(name, 'noah')
          return found
        },
      })
      await act(world)
      if (readings >= reading) expect((await world.app.policy(name)).enabled).toBe(false)
      else expect(reading).toBeGreaterThan(1)
    }
  })
})

describe('a policy that fires every day at 02:30 in Berlin', () => {
  const stored = (firedAt: number): StoredPolicy => ({
    name,
    policy: policy({ schedule: { every: '1 day', at: '02:30', timeZone: 'Europe/Berlin' } }),
    version: 'v',
    enabled: true,
    createdAt: 0,
    firedAt,
  })

  it.each([
    ['forward', '2026-03-27T12:00:00Z', '2026-03-31T12:00:00Z'],
    ['back', '2026-10-23T12:00:00Z', '2026-10-27T12:00:00Z'],
  ])('fires exactly once a day when the clock goes %s and the scheduler checks every ten minutes', (_way, from, to) => {
    const found: number[] = []
    let last = parseInstant(from) ?? 0
    for (let at = last; at < (parseInstant(to) ?? 0); at += 10 * minute) {
      const occurrence = dueRunTime(stored(last), at, defaultNonWorkingDays)?.at
      if (occurrence === undefined) continue
      expect(occurrence).toBeLessThanOrEqual(at)
      found.push(occurrence)
      last = occurrence
    }
    expect(new Set(found.map((at) => formatInstant(at).slice(0, 10))).size).toBe(4)
    expect(found).toHaveLength(4)
  })

  it("is not due again when the machine's clock goes back", () => {
    const occurrence = parseInstant('2026-11-24T01:30:00Z') ?? 0
    expect(dueRunTime(stored(occurrence), occurrence + hour, defaultNonWorkingDays)).toBeUndefined()
    expect(dueRunTime(stored(occurrence), occurrence - 3 * day, defaultNonWorkingDays)).toBeUndefined()
  })

  it('has a next occurrence unless it is disabled', () => {
    expect(formatInstant(nextOf(stored(0), testNow, defaultNonWorkingDays) ?? 0)).toBe('2026-11-25T01:30:00.000Z')
    expect(nextOf({ ...stored(0), enabled: false }, testNow, defaultNonWorkingDays)).toBeUndefined()
  })
})
