import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('a revoked key stops the run at once; when the key works again, the run resumes where it stopped', async () => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  await world.control('faults', { kind: 'status', status: 401, match: { method: 'DELETE' }, skip: 3, times: 1 })
  const stopped = await run(world, made)
  expect([stopped.status, stopped.counts.applied, stopped.counts.notAttempted]).toEqual([
    'stopped',
    3,
    made.actions.length - 3,
  ])
  const ended = await run(world, made)
  expect([ended.status, ended.counts.applied]).toEqual(['finished', made.actions.length])
  const writes = await world.writes()
  expect(writes.length).toBe(new Set(writes).size)
})
