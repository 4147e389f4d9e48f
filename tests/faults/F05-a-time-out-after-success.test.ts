import { afterEach, beforeEach, expect, it } from 'vitest'
import { audited, openWorld, plan, run, suspending, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F5: Rollcall reads the change back as applied, and sends nothing a second time', async () => {
  const { plan: made } = await plan(world, suspending)
  const hits = await world.fault({ kind: 'timeout-after-effect', times: 1, match: { path: '/suspend' } })
  const ended = await run(world, made)
  expect([await hits(), ended.status, ended.counts.applied]).toEqual([1, 'finished', 3])
  expect(made.actions.map(({ accountId }) => world.changesOf(accountId))).toEqual([1, 1, 1])
  expect(await audited(world)).toBe(true)
})

it.each([408, 502, 503, 504, 520, 522, 524])(
  'F5: after a %i from a gateway Atlassian may still be at work: Rollcall reads back and never sends a second time',
  async (status) => {
    const { plan: made } = await plan(world, suspending)
    const hits = await world.fault({ kind: 'status', status, times: 1, match: { path: '/suspend' } })
    const ended = await run(world, made)
    expect([await hits(), ...ended.results.map(({ state }) => state)]).toEqual([1, 'unknown', 'applied', 'applied'])
    expect(made.actions.map(({ accountId }) => world.changesOf(accountId))).toEqual([0, 1, 1])
    expect(await audited(world)).toBe(true)
  },
)
