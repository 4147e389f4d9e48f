import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('an undo restores exactly the group memberships that the run removed', async () => {
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

it('undoing an undo skips accounts that have used Jira in the meantime', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  const { runId } = await run(world, made)
  const undone = await run(world, (await world.app.planUndo(runId, 'mia')).plan)
  const [back] = made.actions
  await world.control(`accounts/${back?.accountId ?? ''}/activity`, {})
  const again = await run(world, (await world.app.planUndo(undone.runId, 'mia')).plan)
  expect(again.counts).toMatchObject({ applied: made.actions.length - 1, skipped: 1 })
  expect((await world.app.results(again.runId)).find(({ state }) => state === 'skipped')).toMatchObject({
    accountId: back?.accountId,
    reason: 'active since the change that would be undone',
  })
})
