// Veto: whoever a person gave access back to is left alone.

import { describe, expect, it } from 'vitest'
import { day, type Plan, viewExcluded } from '../src/index.js'
import { type MemoryWorld, policy } from '../src/testing/index.js'
import { by, factsOf, planned, quiet, ran, reasonsOf, worldOf } from './flow.js'

/** Reads accounts; after so many readings somebody presses the stop switch. */
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
  const world = worldOf(quiet(2))
  await ran(world.app, await planned(world))
  giveBack(world, 'quiet-0')
  return world
}
const accountsOf = ({ actions }: Plan) => actions.map(({ accountId }) => accountId)

describe('an account that a person restored at Atlassian', () => {
  it('is seen by the next sync, and excluded by every plan with that reason', async () => {
    const world = await restored()
    const plan = await planned(world)
    expect(accountsOf(plan)).toEqual([])
    expect(Object.keys(viewExcluded(plan.excluded).byReason)).toContain('exempt: somebody restored access')
    const { people } = await world.app.planPage(plan.planId, { part: 'excluded', reason: 'exempt', limit: 9 })
    const reason = 'exempt until 2026-12-24: somebody restored access on 2026-11-24'
    expect(people).toMatchObject([{ accountId: 'quiet-0', reason }])
    expect(accountsOf(await pickedBy(world)(['quiet-0', 'quiet-1']))).toEqual(['quiet-1'])
  })

  it('is seen as well when our end of it was dated by a clock that ran ahead', async () => {
    const world = worldOf(quiet(2), { onChange: () => world.system.advance(day) })
    await ran(world.app, await planned(world))
    world.system.advance(-2 * day)
    giveBack(world, 'quiet-0')
    expect(accountsOf(await planned(world))).toEqual([])
    expect((await world.app.vetoes()).map(({ accountId }) => accountId)).toEqual(['quiet-0'])
  })

  it.each([
    ['29 days', 30 * day - 1, []],
    ['30 days', 30 * day, ['quiet-0']],
  ])('is left alone; after %s the plan holds it: %j', async (_what, age, expected) => {
    const world = await restored()
    await world.app.sync(by)
    world.system.advance(age)
    expect(accountsOf(await planned(world))).toEqual(expected)
  })

  it('is left alone for as long as the organization says', async () => {
    const world = await restored()
    await world.app.setLimits({ veto: 7 }, by)
    await world.app.sync(by)
    world.system.advance(7 * day)
    expect(accountsOf(await planned(world))).toEqual(['quiet-0'])
  })

  it('is seen just before it is touched, though the plan was made before', async () => {
    const world = worldOf(quiet(1))
    const first = await planned(world)
    const second = (await world.app.planFile(policy({ name: 'Second' }), by)).plan
    await ran(world.app, first)
    giveBack(world, 'quiet-0')
    const run = await ran(world.app, second)
    expect(run.counts).toMatchObject({ applied: 0, skipped: 1 })
    expect((await reasonsOf(world.app, run.runId))[0]).toContain('somebody restored access')
  })

  it('a second time is left alone until a person lifts the veto: it does not last', async () => {
    const world = await restored()
    await world.app.sync(by)
    world.system.advance(31 * day)
    await ran(world.app, await planned(world))
    giveBack(world, 'quiet-0')
    await world.app.sync(by)
    world.system.advance(400 * day)
    const plan = await planned(world)
    expect(accountsOf(plan)).not.toContain('quiet-0')
    expect(plan.excluded.reasons).toContainEqual({
      code: 'restored-repeatedly',
      text: 'exempt: people restored access more than once',
      accounts: 1,
    })
    await world.app.liftVeto('quiet-0', 'noah')
    expect(accountsOf(await planned(world))).toContain('quiet-0')
    expect((await factsOf(world.app)).filter(({ event }) => event === 'veto-lifted')).toHaveLength(1)
  })

  it('is judged like everybody once its veto is lifted, however often it is seen restored, until the next time', async () => {
    const world = await restored()
    await world.app.sync(by)
    await world.app.liftVeto('quiet-0', 'noah')
    expect(await world.app.vetoes()).toEqual([])
    await world.app.sync(by)
    const run = await ran(world.app, await planned(world))
    expect([run.counts.applied, await world.app.vetoes()]).toEqual([1, []])
    await expect(world.app.liftVeto('quiet-0', 'noah')).rejects.toThrow('There is no veto')
    giveBack(world, 'quiet-0')
    await world.app.sync(by)
    expect((await world.app.vetoes()).map(({ times }) => times)).toEqual([1])
  })

  it('is told once to the audit log, however often it is seen', async () => {
    const world = await restored()
    for (let n = 0; n < 3; n += 1) await world.app.sync(by)
    const told = (await factsOf(world.app)).filter(({ event }) => event === 'restored-by-person')
    expect(told.map(({ subject }) => subject)).toEqual(['quiet-0'])
  })
})

describe('an account that a person gave access back through Rollcall', () => {
  it('by undo is not taken again by the next plan of the policy', async () => {
    const world = worldOf(quiet(1))
    const run = await ran(world.app, await planned(world))
    await ran(world.app, (await world.app.planUndo(run.runId, by)).plan)
    expect(accountsOf(await planned(world))).toEqual([])
  })

  it('may be taken again by undoing the undo, which a person asks for', async () => {
    const world = worldOf(quiet(1))
    const run = await ran(world.app, await planned(world))
    const undone = await ran(world.app, (await world.app.planUndo(run.runId, by)).plan)
    const again = await ran(world.app, (await world.app.planUndo(undone.runId, by)).plan)
    expect(again.counts.applied).toBe(1)
  })

  it('does not count as restored against us', async () => {
    const world = worldOf(quiet(1))
    for (let n = 0; n < 3; n += 1) {
      const run = await ran(world.app, await planned(world))
      await ran(world.app, (await world.app.planUndo(run.runId, by)).plan)
      world.system.advance(31 * day)
    }
    expect((await world.ports.store.vetoes()).map(({ times }) => times)).toEqual([0])
    expect(accountsOf(await planned(world))).toContain('quiet-0')
  })
})

it('an account whose change ended unknown, and that shows no change, is left alone without counting against us', async () => {
  const world = worldOf(quiet(3), { faults: [{ operation: 'apply', at: 2, effect: 'lost' }] })
  await ran(world.app, await planned(world))
  await world.app.sync(by)
  expect((await world.app.vetoes()).map(({ accountId: id, times }) => [id, times])).toEqual([['quiet-1', 0]])
})

it('an account for which another run has not settled what it sent is excluded', async () => {
  const world = worldOf(quiet(1))
  const first = await planned(world)
  const second = (await world.app.planFile(policy({ name: 'Second' }), by)).plan
  world.directory.fail({ operation: 'apply', at: 1, effect: 'lost' })
  Object.assign(world.directory, { readAccount: stoppingAfter(world, 1) })
  expect((await ran(world.app, first)).status).toBe('stopped')
  await world.app.resume(by)
  const run = await ran(world.app, second)
  expect((await reasonsOf(world.app, run.runId))[0]).toContain(
    'has yet to find out whether its change to this account arrived',
  )
})

it('lifting a veto that is not there is a usage error', async () => {
  await expect(worldOf([]).app.liftVeto('nobody', by)).rejects.toThrow('There is no veto for nobody')
})
