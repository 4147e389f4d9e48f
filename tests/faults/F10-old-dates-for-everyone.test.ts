import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, openWorld, plan, refused, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F10: when every account is suddenly inactive, the anomaly check refuses the plan, and nothing changes', async () => {
  await world.app.sync(by)
  await world.system.wait(60_000)
  for (const account of world.simulator.organization.accounts)
    for (const ari of account.lastActive.keys()) account.lastActive.set(ari, world.system.now() - 300 * 86_400_000)
  const { plan: made } = await plan(world)
  expect(made.actions.length).toBeGreaterThan(0)
  expect(await refused(world, made)).toContain('anomaly')
  expect(await world.writes()).toEqual([])
})
