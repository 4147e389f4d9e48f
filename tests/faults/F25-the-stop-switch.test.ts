import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, forever, openWorld, plan, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F25: within two seconds everything stops, after at most the call in flight, also under a rate limit', async () => {
  const { plan: made } = await plan(world)
  const approval = await world.app.approve({ planId: made.planId, fingerprint: made.fingerprint }, by)
  if ('refusals' in approval) throw new Error('refused')
  await world.fault({
    kind: 'status',
    status: 429,
    skip: 1,
    times: -1,
    headers: { 'retry-after': '600' },
    match: { method: 'DELETE' },
  })
  const { wait } = world.system
  let pressed: number | undefined
  world.system.wait = async (ms) => {
    if (pressed === undefined) {
      await world.app.stop('noah')
      pressed = world.system.now()
    }
    await wait(ms)
  }
  const stopped = await world.app.work(approval.run.runId, forever)
  expect([stopped?.status, stopped?.haltCause]).toEqual(['stopped', 'stop-switch'])
  expect(world.system.now() - (pressed ?? 0)).toBeLessThanOrEqual(2000)
  expect((await world.writes()).length).toBe(1)
})
