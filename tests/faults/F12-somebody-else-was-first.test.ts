import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, openWorld, plan, run, suspending, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F12: Rollcall skips an account that somebody else has suspended, and its undo leaves the account suspended', async () => {
  const { plan: made } = await plan(world, suspending)
  const [first = ''] = made.actions.map(({ accountId }) => accountId as string)
  for (const membership of world.truth(first)?.memberships.values() ?? []) membership.status = 'suspended'
  const ended = await run(world, made)
  expect(ended.results.map(({ state }) => state)).toEqual(['skipped', 'applied', 'applied'])
  expect(ended.results[0]).toMatchObject({ reason: 'already suspended', exclusion: 'already-suspended' })
  await world.app.sync(by)
  const { plan: back } = await world.app.planUndo(ended.runId, by)
  expect(back.actions.map(({ accountId }) => accountId as string)).not.toContain(first)
  expect((await run(world, back)).counts.applied).toBe(2)
  expect([...(world.truth(first)?.memberships.values() ?? [])].every(({ status }) => status === 'suspended')).toBe(true)
})
