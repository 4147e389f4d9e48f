// Veto: Rollcall exempts an account for a time when a person has restored its access.

import { describe, expect, it } from 'vitest'
import { day, type Plan, viewExcluded } from '../src/index.js'
import {
  mainDirectory,
  memoryWorld,
  type MemoryWorld,
  organization,
  policy,
  secondDirectory,
} from '../src/testing/index.js'
import { activeUsers, by, factsOf, syncAndPlan, inactiveUsers, approveAndRun, reasonsOf, worldOf } from './flow.js'

/** Reads accounts. After the given number of readings, somebody turns on the stop switch. */
function stoppingAfter({ directory, app }: MemoryWorld, readings: number): MemoryWorld['directory']['readAccount'] {
  const read = directory.readAccount
  let count = 0
  return async (id, workspaces) => {
    count += 1
    if (count === readings + 1) await app.stop('noah')
    return read(id, workspaces)
  }
}
const giveBack = ({ organization }: MemoryWorld, id: string) =>
  void organization.people.get(id)?.groups.add('group-jira-users')
const pickedBy = (world: MemoryWorld) => async (accounts: readonly string[]) =>
  (await world.app.planPicked({ action: 'suspend-access', accounts: [...accounts] }, by)).plan

/** Two accounts lost Jira; a person gave it back to the first. */
async function restored(): Promise<MemoryWorld> {
  const world = worldOf(inactiveUsers(2))
  await approveAndRun(world.app, await syncAndPlan(world))
  giveBack(world, 'inactive-0')
  return world
}
const accountsOf = ({ actions }: Plan) => actions.map(({ accountId }) => accountId)

describe('an account that a person restored at Atlassian', () => {
  it('is found by the next sync, and every plan excludes it with that reason', async () => {
    const world = await restored()
    const plan = await syncAndPlan(world)
    expect(accountsOf(plan)).toEqual([])
    expect(Object.keys(viewExcluded(plan.excluded).byReason)).toContain('exempt: somebody restored access')
    const { people } = await world.app.planAccounts(plan.planId, { part: 'excluded', reason: 'exempt', limit: 9 })
    const reason = 'exempt until 2026-12-24: somebody restored access on 2026-11-24'
    expect(people).toMatchObject([{ accountId: 'inactive-0', reason }])
    expect(accountsOf(await pickedBy(world)(['inactive-0', 'inactive-1']))).toEqual(['inactive-1'])
  })

  it('is found even when a fast clock dated our own change', async () => {
    const world = worldOf(inactiveUsers(2), { onChange: () => world.system.advance(day) })
    await approveAndRun(world.app, await syncAndPlan(world))
    world.system.advance(-2 * day)
    giveBack(world, 'inactive-0')
    expect(accountsOf(await syncAndPlan(world))).toEqual([])
    expect((await world.app.vetoes()).map(({ accountId }) => accountId)).toEqual(['inactive-0'])
  })

  it.each([
    ['almost 30 days', 30 * day - 1, []],
    ['30 days', 30 * day, ['inactive-0']],
  ])('is exempt for 30 days: after %s the plan contains %j', async (_what, age, expected) => {
    const world = await restored()
    await world.app.sync(by)
    world.system.advance(age)
    expect(accountsOf(await syncAndPlan(world))).toEqual(expected)
  })

  it("is exempt for as long as the organization's limit says", async () => {
    const world = await restored()
    await world.app.setLimits({ veto: 7 }, by)
    await world.app.sync(by)
    world.system.advance(7 * day)
    expect(accountsOf(await syncAndPlan(world))).toEqual(['inactive-0'])
  })

  it('is skipped just before the change when the plan is older than the restore', async () => {
    const world = worldOf(inactiveUsers(1))
    const first = await syncAndPlan(world)
    const second = (await world.app.planFile(policy({ name: 'Second' }), by)).plan
    await approveAndRun(world.app, first)
    giveBack(world, 'inactive-0')
    const run = await approveAndRun(world.app, second)
    expect(run.counts).toMatchObject({ applied: 0, skipped: 1 })
    expect((await reasonsOf(world.app, run.runId))[0]).toContain('somebody restored access')
  })

  it('a second time is exempt until a person ends the exemption', async () => {
    const world = await restored()
    await world.app.sync(by)
    world.system.advance(31 * day)
    await approveAndRun(world.app, await syncAndPlan(world))
    giveBack(world, 'inactive-0')
    await world.app.sync(by)
    world.system.advance(400 * day)
    const plan = await syncAndPlan(world)
    expect(accountsOf(plan)).not.toContain('inactive-0')
    expect(plan.excluded.reasons).toContainEqual({
      code: 'restored-repeatedly',
      text: 'exempt: people restored access more than once',
      accounts: 1,
    })
    await world.app.liftVeto('inactive-0', 'noah')
    expect(accountsOf(await syncAndPlan(world))).toContain('inactive-0')
    expect((await factsOf(world.app)).filter(({ event }) => event === 'veto-lifted')).toHaveLength(1)
  })

  it('is judged normally after its veto is lifted, until a person restores it again', async () => {
    const world = await restored()
    await world.app.sync(by)
    await world.app.liftVeto('inactive-0', 'noah')
    expect(await world.app.vetoes()).toEqual([])
    await world.app.sync(by)
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect([run.counts.applied, await world.app.vetoes()]).toEqual([1, []])
    await expect(world.app.liftVeto('inactive-0', 'noah')).rejects.toThrow('There is no veto')
    giveBack(world, 'inactive-0')
    await world.app.sync(by)
    expect((await world.app.vetoes()).map(({ times }) => times)).toEqual([1])
  })

  it('is logged once, however often a sync finds it', async () => {
    const world = await restored()
    for (let n = 0; n < 3; n += 1) await world.app.sync(by)
    const logged = (await factsOf(world.app)).filter(({ event }) => event === 'restored-by-person')
    expect(logged.map(({ subject }) => subject)).toEqual(['inactive-0'])
  })
})

describe('an account that a person restored through Rollcall', () => {
  it('by undo is excluded from the next plan of the policy', async () => {
    const world = worldOf(inactiveUsers(1))
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    await approveAndRun(world.app, (await world.app.planUndo(run.runId, by)).plan)
    expect(accountsOf(await syncAndPlan(world))).toEqual([])
  })

  it('can be changed again by an undo of the undo', async () => {
    const world = worldOf(inactiveUsers(1))
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    const undone = await approveAndRun(world.app, (await world.app.planUndo(run.runId, by)).plan)
    const again = await approveAndRun(world.app, (await world.app.planUndo(undone.runId, by)).plan)
    expect(again.counts.applied).toBe(1)
  })

  it('does not count as a repeated restore', async () => {
    const world = worldOf(inactiveUsers(1))
    for (let n = 0; n < 3; n += 1) {
      const run = await approveAndRun(world.app, await syncAndPlan(world))
      await approveAndRun(world.app, (await world.app.planUndo(run.runId, by)).plan)
      world.system.advance(31 * day)
    }
    expect((await world.ports.store.vetoes()).map(({ times }) => times)).toEqual([0])
    expect(accountsOf(await syncAndPlan(world))).toContain('inactive-0')
  })
})

it('an account whose change ended unknown and does not show is exempt, but not counted as restored', async () => {
  const world = worldOf(inactiveUsers(3), { faults: [{ operation: 'apply', at: 2, effect: 'lost' }] })
  await approveAndRun(world.app, await syncAndPlan(world))
  await world.app.sync(by)
  expect((await world.app.vetoes()).map(({ accountId: id, times }) => [id, times])).toEqual([['inactive-1', 0]])
})

it('a run skips an account while another run has an unconfirmed change to it', async () => {
  const world = worldOf(inactiveUsers(1))
  const first = await syncAndPlan(world)
  const second = (await world.app.planFile(policy({ name: 'Second' }), by)).plan
  world.directory.fail({ operation: 'apply', at: 1, effect: 'lost' })
  Object.assign(world.directory, { readAccount: stoppingAfter(world, 1) })
  expect((await approveAndRun(world.app, first)).status).toBe('stopped')
  await world.app.resume(by)
  const run = await approveAndRun(world.app, second)
  expect((await reasonsOf(world.app, run.runId))[0]).toContain(
    'does not know yet whether Atlassian applied its change to this account',
  )
})

it('lifting a missing veto is a usage error', async () => {
  await expect(worldOf([]).app.liftVeto('nobody', by)).rejects.toThrow('There is no veto for nobody')
})

describe('in an organization with two directories, an account that Rollcall suspended', () => {
  const twoDirectories = async (): Promise<MemoryWorld> => {
    const base = organization([...inactiveUsers(2), ...activeUsers(60)])
    const world = memoryWorld({ ...base, directories: [...base.directories, { id: secondDirectory, name: 'eu' }] })
    await approveAndRun(world.app, await syncAndPlan(world, { scope: 'organization', actions: ['suspend-access'] }))
    return world
  }
  const join = ({ organization: { people } }: MemoryWorld) =>
    void people.get('inactive-0')?.memberships.set(secondDirectory, 'active')

  it('and that joined another directory was not restored, however often that happens', async () => {
    const world = await twoDirectories()
    join(world)
    for (let n = 0; n < 3; n += 1) await world.app.sync(by)
    expect(await world.app.vetoes()).toEqual([])
  })
  it('and that a person restored there is exempt', async () => {
    const world = await twoDirectories()
    join(world)
    world.organization.people.get('inactive-0')?.memberships.set(mainDirectory, 'active')
    await world.app.sync(by)
    expect((await world.app.vetoes()).map(({ accountId }) => accountId)).toEqual(['inactive-0'])
  })
  it('is not called restored when Atlassian does not show its directories', async () => {
    const world = await twoDirectories()
    join(world)
    world.directory.fail({ operation: 'readAccount', at: 1, times: 9, code: 'unavailable' })
    await world.app.sync(by)
    expect(world.directory.struck()).toBe(1)
    expect(await world.app.vetoes()).toEqual([])
  })
})
