import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('running a finished plan again reports it and changes nothing', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  const first = await run(world, made)
  const writes = await world.writes()
  expect(await run(world, made)).toEqual(first)
  expect(await world.writes()).toEqual(writes)
})
