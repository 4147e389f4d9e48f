import { afterEach, beforeEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F11: Rollcall skips the account, says why, and changes the others', async () => {
  const { plan: made } = await plan(world)
  const [, back = ''] = made.actions.map(({ accountId }) => accountId as string)
  await world.control(`accounts/${back}/activity`, {})
  const ended = await run(world, made)
  expect(ended.results.map(({ state, reason }) => reason ?? state)).toEqual([
    'applied',
    'active since the plan was made',
    'applied',
  ])
  expect(world.changesOf(back)).toBe(1) // the activity itself
})
