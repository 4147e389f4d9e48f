import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('a rate limit slows a run down, and the run still changes every planned account', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  await world.control('rate-limit', { perWindow: 20, windowMs: 1500, retryAfter: true })
  expect((await run(world, made)).counts.applied).toBe(made.actions.length)
  const { rateLimited, total } = await world.control('calls')
  expect(Number(rateLimited)).toBeLessThanOrEqual(Math.ceil(Number(total) * 0.05))
})
