import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('a run skips an account that was active after the plan was made, and changes the others', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  const returned = made.actions[2]?.accountId ?? ''
  await world.control(`accounts/${returned}/activity`, {})
  const { runId, counts } = await run(world, made)
  expect([counts.applied, counts.skipped]).toEqual([made.actions.length - 1, 1])
  expect(await world.writes()).not.toContain(returned)
  const step = (await world.app.results(runId)).find(({ accountId }) => accountId === returned)
  expect([step?.state, step?.reason]).toEqual(['skipped', 'active since the plan was made'])
})
