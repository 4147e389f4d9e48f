// Breaker and stages: a run begins with a few accounts, and halts when too much goes wrong.

import { describe, expect, it } from 'vitest'
import {
  defaultLimits,
  type DirectoryErrorCode,
  minute,
  type Outcome,
  stageEnds,
  type Step,
  type Veto,
} from '../src/index.js'
import { createBreaker } from '../src/run/breaker.js'
import { stageOf } from '../src/run/stages.js'
import { accountId, person, plan, plannedActions, policy, run, step, testNow } from '../src/testing/index.js'
import {
  by,
  fireScheduledPolicy,
  factsOf,
  forever,
  syncAndPlan,
  inactiveUsers,
  approveAndRun,
  resultsOf,
  worldOf,
} from './flow.js'

describe('the stages of a run', () => {
  it.each([
    [0, [0, 0]],
    [3, [3, 3]],
    [5, [5, 5]],
    [6, [5, 6]],
    [100, [5, 15]],
    [500, [5, 55]],
    [501, [6, 57]],
    [2000, [20, 220]],
  ])('of %i accounts end at %j', (planned, ends) => {
    expect(stageEnds(planned, defaultLimits)).toEqual(ends)
  })

  it.each([
    [1, 1000, 1],
    [10, 1000, 10],
    [10, 9, 9],
    [11, 1000, 6],
    [11, 6, 6],
    [11, 5, 5],
    [1000, 1000, 500],
    [1001, 1000, 501],
    [5000, 1000, 1000],
  ])(
    'of %i accounts with a canary of %i end first at %i, because a canary is at most half of a large run',
    (planned, canary, first) => {
      expect(stageEnds(planned, { ...defaultLimits, canaryAccounts: canary })[0]).toBe(first)
    },
  )

  it('never begin with more accounts than the limits say', () => {
    for (const planned of [1, 2, 10, 11, 12, 99, 1000])
      for (const canaryAccounts of [1, 5, 50, 1000])
        for (const canaryPercent of [0, 1, 20]) {
          const canary = Math.max(canaryAccounts, Math.ceil((planned * canaryPercent) / 100))
          const [first, second] = stageEnds(planned, { canaryAccounts, canaryPercent })
          expect([first > 0, first <= canary, first <= second, second <= planned]).toEqual([true, true, true, true])
        }
  })

  it('follow from the number of attempts', () => {
    const hundred = plan({ actions: plannedActions(100) })
    expect([0, 4, 5, 14, 15, 99].map((attempts) => stageOf(attempts, hundred))).toEqual([0, 0, 1, 1, 2, 2])
  })
})

const ended = (state: Outcome, count: number, trouble?: DirectoryErrorCode): readonly Step[] =>
  Array.from({ length: count }, (_, n) => step('run-1', n, { accountId: accountId(`p${n}`), state, trouble }))
const vetoed = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    accountId: accountId(`p${n}`),
    action: 'suspend-access' as const,
    runId: run('run-1', 'plan-1').runId,
    since: testNow,
    until: undefined,
    times: 1,
  }))
const hundred = plan({ actions: plannedActions(100) })
const one = run('run-1', 'plan-1')

/** Why the breaker stops a run of a hundred accounts after some results, before an account of a stage. */
function tripped(
  steps: readonly Step[],
  vetoes: readonly Veto[] = [],
  { run: of = one, stage = 0, of: whole = hundred } = {},
) {
  const breaker = createBreaker(whole, of)
  for (const result of steps) breaker.record(result)
  return breaker.tripped(stage, vetoes)
}
/** Good results in the canary and the second stage, so that only the rest of the run can stop it. */
const wellBegun = (steps: readonly Step[]): readonly Step[] => [
  ...ended('applied', 15),
  ...steps.map((result) => ({ ...result, position: result.position + 15 })),
]

describe('the breaker', () => {
  it.each<[string, readonly Step[], number, boolean]>([
    ['2 % unknown', ended('unknown', 2), 0, false],
    ['3 % unknown', ended('unknown', 3), 0, true],
    ['4 % refused', ended('failed', 4, 'conflict'), 0, false],
    ['5 % refused', ended('failed', 5, 'conflict'), 0, true],
    ['5 % without a free seat', ended('failed', 5, 'seat-limit'), 0, false],
    ['none restored', ended('applied', 50), 0, false],
    ['1 % restored', ended('applied', 50), 1, true],
  ])('with %s in the rest of a run: stops %j', (_what, steps, restored, stops) => {
    expect(tripped(wellBegun(steps), vetoed(restored), { stage: 2 }) !== undefined).toBe(stops)
  })

  it('says how many accounts, of how many, and what to do', () => {
    expect(tripped(wellBegun(ended('unknown', 4)), [], { stage: 2 })).toBe(
      '4 of 100 accounts (4 %) ended unknown; the run stops at 3 %.',
    )
  })

  it('counts only the steps after a person resumed the run', () => {
    const resumed = { run: run('run-1', 'plan-1', { judgedFrom: 50 }), stage: 2 }
    expect(tripped(ended('unknown', 50), vetoed(50), resumed)).toBeUndefined()
    expect(tripped(ended('unknown', 53), [], resumed)).toContain('3 of 100 accounts')
  })

  const thousand = plan({ actions: plannedActions(1000) })
  const canaryOfTen = { ...thousand, limits: { ...thousand.limits, canaryAccounts: 10 } }
  it.each<[string, readonly Step[], string]>([
    ['unknown', ended('unknown', 2), '2 of the first 2 accounts went wrong (2 ended unknown); the canary stops at 2.'],
    ['refused', ended('failed', 2, 'forbidden'), '2 were refused by Atlassian'],
    [
      'of both kinds',
      [...ended('unknown', 1), { ...step('run-1', 1), state: 'failed', trouble: 'conflict' }],
      '1 ended unknown, 1 were',
    ],
  ])('stops a large run when two accounts of its canary are %s', (_what, steps, says) => {
    expect(tripped(steps, [], { of: canaryOfTen })).toContain(says)
    expect(tripped(steps.slice(0, 1), [], { of: canaryOfTen })).toBeUndefined()
  })

  it('stops a large canary at a fifth of its attempts', () => {
    const of = { ...thousand, limits: { ...thousand.limits, canaryAccounts: 20, unknown: 50 } }
    const good = ended('applied', 16)
    const bad = (count: number) => ended('unknown', count).map((one) => ({ ...one, position: one.position + 16 }))
    expect(tripped([...good, ...bad(3)], [], { of })).toBeUndefined()
    expect(tripped([...good, ...bad(4)], [], { of })).toContain('4 of the first 20 accounts')
  })

  it('judges the second stage by what it attempted before the rest begins', () => {
    const of = { ...thousand, limits: { ...thousand.limits, canaryAccounts: 10 } }
    const steps = [
      ...ended('applied', 10),
      ...ended('unknown', 20).map((one) => ({ ...one, position: one.position + 10 })),
    ]
    expect(tripped(steps, [], { of, stage: 1 })).toBeUndefined()
    expect(tripped(steps, [], { of, stage: 2 })).toBe(
      '20 of 20 accounts of the last stage (100 %) ended unknown; the run stops at 3 %.',
    )
  })

  it('does not count skipped accounts as attempts', () => {
    const skipped = ended('skipped', 8).map((one) => ({ ...one, position: one.position + 2 }))
    expect(tripped([...ended('unknown', 2), ...skipped], [], { of: canaryOfTen })).toContain(
      '2 of the first 2 accounts',
    )
  })

  /** Results of the same kind after a number of skipped accounts. */
  const afterSkips = (skips: number, results: readonly Step[]): readonly Step[] => [
    ...ended('skipped', skips),
    ...results.map((one) => ({ ...one, position: one.position + skips })),
  ]
  it.each([1, 4, 5, 15, 60])('judges the first attempts as the canary, also after %i skipped accounts', (skips) => {
    const of = { ...hundred, limits: { ...hundred.limits, refused: 50, unknown: 50 } }
    for (const bad of [ended('unknown', 2), ended('failed', 2, 'conflict')]) {
      expect(tripped(afterSkips(skips, bad), [], { of })).toContain('2 of the first 2 accounts went wrong')
      expect(tripped(afterSkips(skips, bad.slice(0, 1)), [], { of })).toBeUndefined()
    }
  })

  it('judges the second stage by as many attempts, whatever was skipped in between', () => {
    const of = { ...hundred, limits: { ...hundred.limits, refused: 50, unknown: 50 } }
    const good = ended('applied', 5)
    const between = ended('skipped', 20).map((one) => ({ ...one, position: one.position + 5 }))
    const bad = ended('unknown', 10).map((one) => ({ ...one, position: one.position + 25 }))
    expect(tripped([...good, ...between, ...bad], [], { of, stage: 2 })).toContain(
      '10 of 10 accounts of the last stage (100 %) ended unknown',
    )
  })

  it.each([0, 4, 5, 20])('stops at the second refusal when the first %i of a run need no change', async (already) => {
    const crowd = Array.from({ length: 600 }, (_, n) => person(`more-${n}`, { inactiveDays: 1 }))
    const world = worldOf([...inactiveUsers(60), ...crowd], {
      faults: [{ operation: 'apply', at: 1, times: 999, code: 'conflict' }],
    })
    const plan = await syncAndPlan(world, { limits: { accounts: 99, percent: 20, refused: 10 } })
    for (const { accountId: id } of plan.actions.slice(0, already)) world.organization.people.get(id)?.groups.clear()
    const halted = await approveAndRun(world.app, plan)
    expect([halted.status, halted.counts.skipped, halted.counts.failed]).toEqual(['stopped', already, 2])
  })

  it('halts a run that a person can resume', async () => {
    const world = worldOf(inactiveUsers(6), { faults: [{ operation: 'apply', at: 2, code: 'conflict' }] })
    const plan = await syncAndPlan(world, { limits: { accounts: 99, percent: 20, refused: 10 } })
    const halted = await approveAndRun(world.app, plan)
    expect([halted.status, halted.counts.notAttempted]).toEqual(['stopped', 4])
    expect(halted.stopReason).toContain('1 of 6 accounts (16.7 %) were refused by Atlassian; the run stops at 10 %')
    const resumed = await approveAndRun(world.app, plan)
    expect([resumed.status, resumed.counts]).toEqual([
      'finished',
      { applied: 5, skipped: 0, failed: 1, unknown: 0, notAttempted: 0 },
    ])
  })
})

const wide = { accounts: 99, percent: 20, canaryAccounts: 2 }

/** A scheduled run of six accounts, just fired. */
async function fired(options: Parameters<typeof worldOf>[1] = {}) {
  const world = worldOf(inactiveUsers(6), options)
  const { run } = await fireScheduledPolicy(world, { limits: wide })
  const work = () => world.app.work(run.runId, forever)
  return { ...world, world, run, work }
}

describe('a scheduled run', () => {
  it('pauses for thirty minutes after its canary, and then finishes', async () => {
    const { app, work, system, directory } = await fired()
    expect((await work())?.status).toBe('executing')
    expect(directory.arrived).toHaveLength(2)
    system.advance(30 * minute - 1)
    expect((await work())?.status).toBe('executing')
    expect(directory.arrived).toHaveLength(2)
    system.advance(1)
    expect((await work())?.status).toBe('finished')
    expect(directory.arrived).toHaveLength(6)
    expect((await factsOf(app)).filter(({ event }) => event === 'run-rests')).toHaveLength(1)
  })

  it('pauses after as many attempts as its canary has, not after accounts that it skipped', async () => {
    const { work, system, organization, directory } = await fired()
    for (const id of ['inactive-0', 'inactive-1', 'inactive-3']) organization.people.get(id)?.groups.clear()
    expect((await work())?.status).toBe('executing')
    expect(directory.arrived.map(({ change }) => change.accountId)).toEqual(['inactive-2', 'inactive-4'])
    system.advance(30 * minute)
    expect((await work())?.status).toBe('finished')
    expect(directory.arrived).toHaveLength(3)
  })

  it('stops when a person has restored an account of its canary, and exempts that account', async () => {
    const { app, run, work, system, organization, directory, world } = await fired()
    await work()
    organization.people.get('inactive-1')?.groups.add('group-jira-users')
    system.advance(30 * minute)
    const halted = await work()
    expect([halted?.status, halted?.haltCause]).toEqual(['stopped', 'breaker'])
    expect(halted?.stopReason).toContain('1 of 6 accounts (16.7 %) were restored by a person')
    expect(directory.arrived).toHaveLength(2)
    expect((await app.vetoes()).map(({ accountId: id, times }) => [id, times])).toEqual([['inactive-1', 1]])
    await app.sync(by)
    const next = await app.planFile(policy({ name: 'Next' }), by)
    expect(next.plan.actions.map(({ accountId: id }) => id)).not.toContain('inactive-1')
    expect(await resultsOf(world.app, run.runId)).toEqual(['inactive-0: applied', 'inactive-1: applied'])
  })

  it('notices the restore even when the clock was set back during the check', async () => {
    const { work, system, organization, world } = await fired()
    await work()
    organization.people.get('inactive-1')?.groups.add('group-jira-users')
    system.advance(30 * minute)
    const { store, directory } = world.ports
    const { setting } = store
    const { readAccount } = directory
    let [reads, back] = [0, 0]
    Object.assign(store, {
      setting: async (name: string) => {
        if (name === 'stopped') reads += 1
        if (reads > 1 && back === 0) system.advance(-(back = 120 * minute))
        return setting(name)
      },
    })
    Object.assign(directory, {
      readAccount: async (...given: Parameters<typeof readAccount>) => {
        system.advance(back)
        back = 0
        return readAccount(...given)
      },
    })
    expect((await work())?.stopReason).toContain('restored by a person')
  })

  it.each([5 * 60, 20 * 60, 26 * 60])(
    'pauses no longer than it should when its clock was %i minutes ahead',
    async (ahead) => {
      const { work, system, world } = await fired()
      const { updateRun } = world.ports.store
      Object.assign(world.ports.store, {
        updateRun: async (run: Parameters<typeof updateRun>[0]) =>
          updateRun(run.restUntil === undefined ? run : { ...run, restUntil: run.restUntil + ahead * minute }),
      })
      await work()
      Object.assign(world.ports.store, { updateRun })
      await work()
      system.advance(30 * minute)
      expect((await work())?.status).toBe('finished')
    },
  )

  it('halts when it cannot read its canary again', async () => {
    const { work, system, directory } = await fired()
    await work()
    system.advance(30 * minute)
    directory.fail({ operation: 'readAccount', at: 1, code: 'unavailable' })
    const halted = await work()
    expect([halted?.status, halted?.haltCause, directory.arrived.length]).toEqual(['stopped', 'unavailable', 2])
  })

  it('does not pause when it has no more accounts than its canary', async () => {
    const world = worldOf(inactiveUsers(8))
    const { run } = await fireScheduledPolicy(world, { limits: { take: 2, canaryAccounts: 2 } })
    expect((await world.app.showPlan(run.planId)).plan.scheduled).toBe(true)
    expect((await world.app.work(run.runId, forever))?.status).toBe('finished')
    expect(world.directory.arrived).toHaveLength(2)
  })
})

it('a run that a person started does not pause, but checks its canary before it continues', async () => {
  const world = worldOf(inactiveUsers(8), {
    onChange: ({ accountId: id }) =>
      void (id === 'inactive-1' && world.organization.people.get('inactive-0')?.groups.add('group-jira-users')),
  })
  const halted = await approveAndRun(
    world.app,
    await syncAndPlan(world, { limits: { canaryAccounts: 2, percent: 20 } }),
  )
  expect([halted.status, world.directory.arrived.length]).toEqual(['stopped', 2])
  expect(halted.stopReason).toContain('restored by a person')
})
