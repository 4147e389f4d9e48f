import { afterEach, beforeEach, expect, it } from 'vitest'
import { round } from '@rollcall/server/round'
import { approved, by, openWorld, plan, policy, refused, run, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const [minute, day] = [60_000, 86_400_000]

it.each([-50 * minute, 50 * minute])(
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

it.each([-60 * day, -day, day, 60 * day])(
  'F15: with a machine clock that is %i ms off nobody counts as inactive, until it is right again',
  async (error) => {
    const { plan: right } = await plan(world)
    world.clock.error = error
    const { plan: made } = await plan(world)
    expect(made.actions).toEqual([])
    expect(made.excluded.reasons.map(({ code }) => code)).toContain('time-unknown')
    expect(await refused(world, right)).toContain('time-unknown')
    expect((await world.app.attention()).filter(({ kind }) => kind === 'clock')).toHaveLength(1)
    world.clock.error = 0
    await world.app.sync(by)
    expect((await world.app.attention()).filter(({ kind }) => kind === 'clock')).toEqual([])
    expect(await refused(world, (await plan(world)).plan)).toEqual([])
    expect(await world.writes()).toEqual([])
  },
)

/** Runs a plan while the machine's clock jumps back before the second account, and ahead before the fourth. */
async function runWithJumps(jump: number) {
  const { plan: made } = await plan(world)
  const { directory } = world.ports
  const read = directory.readAccount
  let count = 0
  directory.readAccount = async (id, workspaces) => {
    count += 1
    if (count === 2) world.clock.error = -jump
    if (count === 4) world.clock.error = jump
    return read(id, workspaces)
  }
  return { made, ended: await run(world, made) }
}

it('F15: a clock that jumps a little in the middle of a run changes nothing about the run', async () => {
  const { made, ended } = await runWithJumps(50 * minute)
  expect([ended.status, ended.counts.applied]).toEqual(['finished', 3])
  expect(made.actions.map(({ accountId }) => world.changesOf(accountId))).toEqual([1, 1, 1])
})

it('F15: a clock that jumps by a day in the middle of a run ends what takes access away', async () => {
  const { ended } = await runWithJumps(day)
  expect(ended.counts.applied).toBeLessThanOrEqual(1)
  expect((await world.writes()).length).toBeLessThanOrEqual(1)
})

it('F15: an undo gives access back although the clock is wrong', async () => {
  const ended = await run(world, (await plan(world)).plan)
  world.clock.error = day
  const { plan: undo } = await world.app.planUndo(ended.runId, by)
  const approval = await approved(world, undo)
  await world.app.work(approval.runId, { until: Number.MAX_SAFE_INTEGER })
  expect((await world.app.runStatus(approval.runId)).counts.applied).toBe(3)
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
  ['behind', '2026-11-24T08:50:00Z'],
  ['ahead', '2026-11-24T07:10:00Z'],
])('F15: the worker of a machine whose clock is less than an hour %s finishes a run', async (_what, now) => {
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

it.each([
  ['years behind', '2031-03-04T08:00:00Z'],
  ['months ahead', '2026-02-03T08:00:00Z'],
])('F15: a machine whose clock is %s takes access from nobody', async (_what, now) => {
  const other = await openWorld({ now })
  try {
    expect((await plan(other)).plan.actions).toEqual([])
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
