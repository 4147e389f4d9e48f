import { afterEach, beforeEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F2: every call limited for ten minutes, then half of them: the run finishes, leaves no account out, and wastes at most 2 % of its requests', async () => {
  const { plan: made } = await plan(world, { limits: { take: 20, percent: 20 } })
  const before = await world.requests()
  await world.control('rate-limit', { perWindow: 0, windowMs: 600_000, retryAfter: true })
  const { wait } = world.system
  const stormEnds = world.waited() + 600_000
  world.system.wait = async (ms) => {
    await wait(ms)
    // After ten minutes Atlassian accepts half of the requests that the run would send.
    if (world.waited() >= stormEnds)
      await world.control('rate-limit', { perWindow: 40, windowMs: 60_000, retryAfter: true })
  }
  const ended = await run(world, made)
  const { total, rateLimited } = await world.control('calls')
  expect([ended.status, ended.counts.applied]).toEqual(['finished', made.actions.length])
  expect(Number(rateLimited)).toBeGreaterThan(0)
  expect(Number(rateLimited)).toBeLessThanOrEqual(Math.max(2, Math.ceil((Number(total) - before) * 0.02)))
})
