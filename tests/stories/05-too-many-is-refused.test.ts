import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('the guard refuses all of a plan that is over its limit, with the figure and the limit, and nobody can accept a hard limit', async () => {
  world = await openWorld()
  const { plan: made, refusals } = await plan(world, { limits: { accounts: 3 } })
  const tooMany = refusals.find(({ code }) => code === 'too-many')
  expect([tooMany?.actual, tooMany?.limit]).toEqual([made.actions.length, 3])
  const { planId, fingerprint } = made
  expect(await world.app.approve({ planId, fingerprint }, 'mia')).toHaveProperty('refusals')
  await expect(async () =>
    world.app.approve({ planId, fingerprint, accepted: ['over-ceiling'] }, 'mia'),
  ).rejects.toThrow('cannot be accepted')
  expect(await world.writes()).toEqual([])
})
