import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('a preview lists accounts with their reasons and undo, and sends no change', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  expect(made.actions.length).toBe(8)
  for (const action of made.actions) expect(action.reason + action.undo).toMatch(/active since|last active/)
  expect(await world.writes()).toEqual([])
})
