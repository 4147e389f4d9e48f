import { afterEach, beforeEach, expect, it } from 'vitest'
import { audited, openWorld, plan, run, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F4: Rollcall tries the change again, then records that its effect is unknown, and the run goes on', async () => {
  const { plan: made } = await plan(world)
  const hits = await world.fault({ kind: 'status', status: 500, times: 2, match: { method: 'DELETE' } })
  const ended = await run(world, made)
  expect(await hits()).toBe(2)
  expect([ended.status, ...ended.results.map(({ state }) => state)]).toEqual([
    'finished',
    'unknown',
    'applied',
    'applied',
  ])
  expect(made.actions.map(({ accountId }) => world.changesOf(accountId))).toEqual([0, 1, 1])
  expect(await audited(world)).toBe(true)
})

it('F4: more failures than the breaker allows halt the run', async () => {
  const { plan: made } = await plan(world)
  await world.fault({ kind: 'status', status: 500, times: -1, match: { method: 'DELETE' } })
  const ended = await run(world, made)
  expect([ended.status, ended.counts.applied]).toEqual(['stopped', 0])
})
