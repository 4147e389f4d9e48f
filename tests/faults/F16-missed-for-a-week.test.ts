import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, forever, openWorld, policy, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F16: the scheduler makes one plan, which needs approval', async () => {
  const schedule = { every: '1 day', at: '12:00', timeZone: 'UTC' }
  await world.app.sync(by)
  await world.app.importPolicy(policy({ schedule, approval: 'automatic' }), by)
  await world.app.planStored(policy().name, by)
  await world.app.enablePolicy(policy().name, by)
  await world.system.wait(7 * 86_400_000 + 6 * 3_600_000)
  const runs = await world.app.fireDue(by)
  expect(runs.map(({ status }) => status)).toEqual(['awaiting-approval'])
  expect(await world.app.fireDue(by)).toEqual([])
  for (const { runId } of runs) await world.app.work(runId, forever)
  expect(await world.writes()).toEqual([])
})
