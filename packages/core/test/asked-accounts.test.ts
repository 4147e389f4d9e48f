// While Rollcall makes a plan of ordinary size, it asks Atlassian about its accounts: nobody approves what the run would skip.

import { describe, expect, it } from 'vitest'
import { day, type AccountId, type Instant, type Plan } from '../src/index.js'
import {
  mainDirectory,
  memoryWorld,
  organization,
  person,
  policy,
  secondDirectory,
  type MemoryWorld,
  type Person,
} from '../src/testing/index.js'
import { approveAndRun, by, fireScheduledPolicy, inactiveUsers, resultsOf, syncAndPlan, worldOf } from './flow.js'

const suspending = { scope: 'organization', actions: ['suspend-access'] }
const idsOf = ({ actions }: Plan): readonly string[] => actions.map(({ accountId }) => accountId)
const codesOf = ({ excluded }: Plan) => Object.fromEntries(excluded.reasons.map((one) => [one.code, one.accounts]))

/** The given number of inactive users; the programs among them used an API token yesterday. */
function worldWith(count: number, programs: readonly number[] = []): MemoryWorld {
  const yesterday: Instant = worldOf([]).system.now() - day
  const used = (one: Person, index: number): Person =>
    programs.includes(index) ? { ...one, tokenUsedAt: yesterday } : one
  return worldOf(inactiveUsers(count).map(used))
}

describe('an account whose API token is in use', () => {
  it('is excluded in the plan, with its reason, and the run skips nobody', async () => {
    const world = worldWith(3, [1])
    const plan = await syncAndPlan(world, suspending)
    expect([idsOf(plan), plan.asked]).toEqual([['inactive-0', 'inactive-2'], 2])
    expect(codesOf(plan)).toMatchObject({ 'token-in-use': 1 })
    const page = await world.app.planAccounts(plan.planId, { part: 'excluded', reason: 'token-in-use', limit: 10 })
    expect(page.people.map(({ accountId, code }) => [accountId, code])).toEqual([['inactive-1', 'token-in-use']])
    const { runId } = await approveAndRun(world.app, plan)
    expect(await resultsOf(world.app, runId)).toEqual(['inactive-0: applied', 'inactive-2: applied'])
  })

  it('is excluded in the plan for accounts that a person picked, and listed there', async () => {
    const world = worldWith(2, [0])
    await world.app.sync(by)
    const accounts = ['inactive-0', 'inactive-1']
    const { plan } = await world.app.planPicked({ action: 'suspend-access', accounts }, by)
    expect(idsOf(plan)).toEqual(['inactive-1'])
    expect(plan.excludedAccounts?.map(({ accountId, reason }) => [accountId, reason.code])).toEqual([
      ['inactive-0', 'token-in-use'],
    ])
  })

  it('is excluded in the plan of a schedule', async () => {
    const world = worldWith(2, [0])
    const { run } = await fireScheduledPolicy(world)
    const plan = await world.ports.store.plan(run.planId)
    expect(plan && [idsOf(plan), plan.asked]).toEqual([['inactive-1'], 1])
  })
})

describe('what Atlassian shows since the sync', () => {
  const since: readonly [string, string, (world: MemoryWorld, one: Person) => Person | undefined][] = [
    ['a use of a product', 'active-since-plan', (_, one) => ({ ...one, used: person('x', { inactiveDays: 1 }).used })],
    [
      'a suspension',
      'already-suspended',
      (_, one) => ({ ...one, memberships: new Map([[mainDirectory, 'suspended']]) }),
    ],
    ['no groups any more', 'groups-vanished', (_, one) => ({ ...one, groups: new Set() })],
    ['that it has left', 'no-longer-in-organization', () => undefined],
  ]
  it.each(since)('%s excludes the account in the plan', async (_what, code, change) => {
    const world = worldWith(2)
    await world.app.sync(by)
    const id = 'inactive-0' as AccountId
    const one = world.organization.people.get(id)
    const changed = one && change(world, one)
    if (changed === undefined) world.organization.people.delete(id)
    else world.organization.people.set(id, changed)
    const { plan } = await world.app.planFile(policy(suspending), by)
    expect([idsOf(plan), codesOf(plan)[code]]).toEqual([['inactive-1'], 1])
  })

  it('a directory where the account is suspended is found when access is restored in several', async () => {
    const several = organization(
      [
        person('half', {
          memberships: [
            [mainDirectory, 'active'],
            [secondDirectory, 'suspended'],
          ],
        }),
        person('whole', {
          memberships: [
            [mainDirectory, 'active'],
            [secondDirectory, 'active'],
          ],
        }),
      ],
      {
        directories: [
          { id: mainDirectory, name: 'Acme' },
          { id: secondDirectory, name: 'Beta' },
        ],
      },
    )
    const { app } = memoryWorld(several)
    await app.sync(by)
    const { plan } = await app.planPicked({ action: 'restore-access', accounts: ['half', 'whole'] }, by)
    expect([idsOf(plan), codesOf(plan)]).toEqual([['half'], { 'already-active': 1 }])
  })

  it('a lifecycle that Atlassian does not allow excludes the account in the plan', async () => {
    const [one, other] = inactiveUsers(2)
    if (one === undefined || other === undefined) throw new Error('no user')
    const world = worldOf([{ ...one, sourceUnknown: true, lifecycleLock: 'externalDirectory' }, other])
    const plan = await syncAndPlan(world, suspending)
    expect([idsOf(plan), codesOf(plan)]).toMatchObject([['inactive-1'], { 'owned-by-identity-provider': 1 }])
  })
})

describe('a take', () => {
  it('is filled with the next accounts after exclusions', async () => {
    const plan = await syncAndPlan(worldWith(6, [0, 2]), { ...suspending, limits: { take: 3, percent: 20 } })
    expect([idsOf(plan), plan.asked]).toEqual([['inactive-1', 'inactive-3', 'inactive-4'], 3])
    expect(codesOf(plan)).toMatchObject({ 'token-in-use': 2, 'beyond-take': 1 })
    expect(plan.actions.length + plan.excluded.total).toBe(68)
  })

  it('stays smaller when too few accounts are left', async () => {
    const plan = await syncAndPlan(worldWith(3, [0, 2]), { ...suspending, limits: { take: 2, percent: 20 } })
    expect(idsOf(plan)).toEqual(['inactive-1'])
    expect(codesOf(plan)['beyond-take']).toBeUndefined()
  })

  it('asks about two hundred accounts at most, and takes the next ones unasked', async () => {
    const world = worldWith(
      204,
      Array.from({ length: 199 }, (_, n) => n),
    )
    const plan = await syncAndPlan(world, { ...suspending, limits: { take: 4, percent: 20 } })
    expect(idsOf(plan)).toEqual(['inactive-199', 'inactive-200', 'inactive-201', 'inactive-202'])
    expect([plan.asked, world.directory.calls('readAccount')]).toEqual([1, 200])
  })
})

describe('the calls of a plan', () => {
  const callsOf = ({ directory }: MemoryWorld) =>
    (['readAccount', 'tokenUsedAt', 'lifecycle'] as const).map((operation) => directory.calls(operation))

  it('are one read and one for the tokens of each account', async () => {
    const world = worldWith(5)
    await syncAndPlan(world, suspending)
    expect(callsOf(world)).toEqual([5, 5, 0])
  })

  it('are one more for each account where the action asks for the lifecycle', async () => {
    const world = worldWith(5)
    await syncAndPlan(world, { scope: 'organization', actions: ['deactivate-account'] })
    expect(callsOf(world)).toEqual([5, 5, 5])
  })

  it('are none for a plan of 201 accounts, which says so', async () => {
    const world = worldWith(201, [0])
    const plan = await syncAndPlan(world, suspending)
    expect([plan.actions.length, plan.asked, callsOf(world)]).toEqual([201, 0, [0, 0, 0]])
    expect((await world.app.planSummary(plan.planId)).notes).toEqual([
      'Rollcall asked Atlassian about 0 of 201 accounts while it made this plan, since it asks for plans of at most 200 accounts only. The run asks about each account before it changes it, and may skip some.',
    ])
  })

  it('are none for an undo, and none for an action that removes nothing', async () => {
    const world = worldWith(1)
    const { runId } = await approveAndRun(world.app, await syncAndPlan(world, suspending))
    const before = callsOf(world)
    const { plan: undo } = await world.app.planUndo(runId, by)
    const adding = { action: 'add-to-group' as const, accounts: ['busy-1'], group: 'contractors-keep' }
    const { plan: added } = await world.app.planPicked(adding, by)
    expect([undo.actions.length, undo.asked, added.actions.length, added.asked]).toEqual([1, undefined, 1, undefined])
    expect(callsOf(world)).toEqual(before)
  })

  it('end with the time slice, and the plan says about how many accounts Rollcall asked', async () => {
    const world = worldWith(5, [4])
    await world.app.sync(by)
    const slice = { until: Infinity, usedUp: () => world.directory.calls('readAccount') >= 2 }
    const { plan } = await world.app.planFile(policy(suspending), by, undefined, { slice })
    expect([plan.actions.length, plan.asked]).toEqual([5, 2])
    const { asked, notes } = await world.app.planSummary(plan.planId)
    expect([asked, notes[0]]).toEqual([2, expect.stringContaining('about 2 of 5 accounts')])
  })

  it('report their progress', async () => {
    const world = worldWith(3)
    await world.app.sync(by)
    const seen: string[] = []
    const onProgress = ({ asked, accounts }: { asked: number; accounts: number }) => seen.push(`${asked}/${accounts}`)
    await world.app.planFile(policy(suspending), by, undefined, { onProgress })
    expect(seen).toEqual(['1/3', '2/3', '3/3'])
  })
})

describe('a call that fails', () => {
  it.each(['unavailable', 'forbidden', 'unexpected-response'] as const)(
    'as %s leaves its account in the plan, unasked',
    async (code) => {
      const world = worldWith(3, [2])
      await world.app.sync(by)
      world.directory.fail({ operation: 'tokenUsedAt', at: 1, code })
      const { plan } = await world.app.planFile(policy(suspending), by)
      expect([idsOf(plan), plan.asked, world.directory.struck()]).toEqual([['inactive-0', 'inactive-1'], 1, 1])
    },
  )

  it('for every account of an unavailable Atlassian does not fail the plan, and is repeated three times only', async () => {
    const world = worldWith(5)
    await world.app.sync(by)
    world.directory.fail({ operation: 'readAccount', at: 1, times: 100 })
    const { plan } = await world.app.planFile(policy(suspending), by)
    expect([plan.actions.length, plan.asked, world.directory.calls('readAccount')]).toEqual([5, 0, 3])
  })

  it('because the key is refused fails the plan', async () => {
    const world = worldWith(2)
    await world.app.sync(by)
    world.directory.fail({ operation: 'readAccount', at: 1, code: 'unauthorized' })
    await expect(world.app.planFile(policy(suspending), by)).rejects.toThrow('fault at readAccount')
    world.directory.fail({ operation: 'tokenUsedAt', at: 1, code: 'forbidden' })
    world.directory.fail({ operation: 'tryKey', at: 1, code: 'forbidden' })
    await expect(world.app.planFile(policy(suspending), by)).rejects.toThrow('fault at tokenUsedAt')
  })
})

it('a plan that leaves out accounts later counts as asked about the rest only', async () => {
  const world = worldWith(3)
  const { planId } = await syncAndPlan(world, suspending)
  const { plan } = await world.app.exclude(planId, { accounts: ['inactive-0'] }, by)
  expect([plan.actions.length, plan.asked]).toEqual([2, 2])
})
