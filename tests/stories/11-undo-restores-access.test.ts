import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('an undo brings back exactly the groups that the run took', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  const groups = () => made.actions.map(({ accountId }) => [...(world.truth(accountId)?.groups ?? [])].toSorted())
  const before = groups()
  const { runId } = await run(world, made)
  expect(groups()).not.toEqual(before)
  const { plan: undo } = await world.app.planUndo(runId, 'mia')
  const undone = await run(world, undo)
  expect(undone.counts.applied).toBe(made.actions.length)
  expect(groups()).toEqual(before)
})
