import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, forever, openWorld, plan, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F14: a worker that wakes after another has its lease changes nothing and writes nothing', async () => {
  const { plan: made } = await plan(world)
  const approval = await world.app.approve({ planId: made.planId, fingerprint: made.fingerprint }, by)
  if ('refusals' in approval) throw new Error('refused')
  const other = await world.process()
  const { store } = world.ports
  const put = store.putStep
  let [calls, late] = [0, 0]
  store.putStep = async (step, lease) => {
    calls += 1
    if (calls !== 2) return put(step, lease)
    await world.system.wait(180_000) // longer than the lease
    await other.app.work(approval.run.runId, forever)
    late = (await world.writes()).length
    const written = await put(step, lease)
    expect(written).toBe(false)
    return written
  }
  await world.app.work(approval.run.runId, forever)
  expect([late, (await world.writes()).length]).toEqual([3, 3])
  expect(made.actions.map(({ accountId }) => world.changesOf(accountId))).toEqual([1, 1, 1])
  expect((await world.app.runStatus(approval.run.runId)).status).toBe('finished')
})
