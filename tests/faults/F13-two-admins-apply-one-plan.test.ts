import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, forever, openWorld, plan, policy, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F13: one of two admins succeeds, and no account is changed twice', async () => {
  const { plan: made } = await plan(world)
  const other = await world.process()
  const request = { planId: made.planId, fingerprint: made.fingerprint }
  const approvals = await Promise.all([world.app.approve(request, by), other.app.approve(request, 'noah')])
  const runs = approvals.flatMap((approval) => ('run' in approval ? [approval.run.runId] : []))
  expect(new Set(runs).size).toBe(1)
  await Promise.all(runs.map((id, n) => (n === 0 ? world.app : other.app).work(id, forever)))
  await world.app.work(runs[0] as never, forever)
  expect(made.actions.map(({ accountId }) => world.changesOf(accountId))).toEqual([1, 1, 1])
  expect(await world.app.runs(9)).toHaveLength(1)
})

it('F13: two overlapping schedules together stay within the weekly budget', async () => {
  await world.app.setLimits({ budget: 10 }, by)
  const schedule = { every: '1 day', at: '08:30', timeZone: 'UTC' }
  for (const name of ['One', 'Two', 'Three', 'Four']) {
    const read = policy({ name, schedule, approval: 'automatic', limits: { take: 4, percent: 20 } })
    await world.app.importPolicy(read, by)
    if (name === 'One') await world.app.sync(by)
    await world.app.planStored(name, by)
    await world.app.enablePolicy(name, by)
  }
  await world.system.wait(1_860_000)
  const other = await world.process()
  await Promise.all([world.app.fireDue(by), other.app.fireDue(by)])
  for (const { runId } of await world.app.executing()) await world.app.work(runId, forever)
  const [first] = await world.app.plans(1)
  expect((await world.writes()).length).toBeLessThanOrEqual(Math.floor((first?.population ?? 0) / 10))
  expect((await world.app.runs(99)).filter(({ status }) => status === 'quarantined').length).toBeGreaterThan(0)
})
