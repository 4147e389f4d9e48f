import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, forever, openWorld, plan, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F21: when the audit log cannot be written, nothing happens', async () => {
  const { plan: made } = await plan(world)
  const approval = await world.app.approve({ planId: made.planId, fingerprint: made.fingerprint }, by)
  if ('refusals' in approval) throw new Error('refused')
  world.driver.exec(`create trigger closed before insert on audit begin select raise(abort, 'closed'); end`)
  await expect(world.app.work(approval.run.runId, forever)).rejects.toThrow()
  expect(await world.writes()).toEqual([])
  world.driver.exec('drop trigger closed')
  await world.app.work(approval.run.runId, forever)
  expect((await world.app.runStatus(approval.run.runId)).counts.applied).toBe(3)
})
