import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('an organization without accounts gives a complete snapshot and an empty plan without refusals', async () => {
  world = await openWorld({ users: 0 })
  const snapshot = await world.app.sync('mia')
  expect([snapshot.accounts, snapshot.complete]).toEqual([0, true])
  const { plan: made, refusals } = await plan(world)
  expect([made.actions, refusals]).toEqual([[], []])
})
