import { afterEach, beforeEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it.each([
  ['0', 1],
  ['1000000000', 900],
  ['-5', 1],
  ['Tue, 24 Nov 2026 08:10:00 GMT', 600],
  [undefined, 1],
])('F3: after Retry-After %s Rollcall waits between one second and fifteen minutes', async (header, least) => {
  const { plan: made } = await plan(world, { limits: { take: 1 } })
  const hits = await world.fault({
    kind: 'status',
    status: 429,
    times: 1,
    match: { method: 'DELETE' },
    ...(header === undefined ? {} : { headers: { 'retry-after': header } }),
  })
  const before = world.waited()
  expect((await run(world, made)).counts.applied).toBe(1)
  expect(await hits()).toBe(1)
  const waited = (world.waited() - before) / 1000
  expect(waited).toBeGreaterThanOrEqual(least)
  expect(waited).toBeLessThanOrEqual(901)
})
