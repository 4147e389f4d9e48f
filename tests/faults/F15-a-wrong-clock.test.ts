import { afterEach, beforeEach, expect, it } from 'vitest'
import { round } from '@rollcall/server/round'
import { approved, by, openWorld, plan, policy, refused, run, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const day = 86_400_000

it.each([-day, day])(
  'F15: a machine clock that is %i ms off makes no account inactive and no plan younger',
  async (error) => {
    const right = (await plan(world)).plan.actions.map(({ accountId }) => accountId)
    world.clock.error = error
    const { plan: made } = await plan(world)
    expect(made.actions.map(({ accountId }) => accountId)).toEqual(right)
    await world.system.wait(25 * 3_600_000)
    expect(await refused(world, made)).toContain('plan-expired')
  },
)

it('F15: a clock that jumps in the middle of a run changes nothing about the run', async () => {
  const { plan: made } = await plan(world)
  const { directory } = world.ports
  const read = directory.readAccount
  let count = 0
  directory.readAccount = async (id, workspaces) => {
    count += 1
    if (count === 2) world.clock.error = -day
    if (count === 4) world.clock.error = day
    return read(id, workspaces)
  }
  const ended = await run(world, made)
  expect([ended.status, ended.counts.applied]).toEqual(['finished', 3])
  expect(made.actions.map(({ accountId }) => world.changesOf(accountId))).toEqual([1, 1, 1])
})

it('F15: a machine whose clock is ahead does not fire a schedule early', async () => {
  const schedule = { every: '1 day', at: '12:00', timeZone: 'UTC' }
  await world.app.sync(by)
  await world.app.importPolicy(policy({ schedule, approval: 'automatic' }), by)
  await world.app.planStored(policy().name, by)
  await world.app.enablePolicy(policy().name, by)
  world.clock.error = 5 * 3_600_000
  const ahead = await world.process()
  expect(await ahead.app.fireDue(by)).toEqual([])
  expect(await world.writes()).toEqual([])
})

it.each([
  ['years behind', '2031-03-04T08:00:00Z'],
  ['months ahead', '2026-02-03T08:00:00Z'],
])('F15: the worker of a machine whose clock is %s finishes a run', async (_what, now) => {
  const other = await openWorld({ now })
  try {
    const { plan: made } = await plan(other)
    const { runId } = await approved(other, made)
    const logged: string[] = []
    await round((await other.process()).app, (sentence) => logged.push(sentence))
    expect([(await other.app.runStatus(runId)).status, logged]).toEqual(['finished', []])
  } finally {
    await other.close()
  }
})

it('F15: the worker of a machine that is 450 days ahead removes nothing of the audit log', async () => {
  await run(world, (await plan(world)).plan)
  world.clock.error = 450 * day
  const logged: string[] = []
  await round((await world.process()).app, (sentence) => logged.push(sentence))
  expect([(await world.app.auditPage(0, 1))[0]?.index, logged]).toEqual([1, []])
})
