import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, forever, openWorld, plan, run, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it.each([401, 403])(
  'F18: the first %i stops the run without another call; with a good key the run goes on',
  async (status) => {
    const { plan: made } = await plan(world)
    const approval = await world.app.approve({ planId: made.planId, fingerprint: made.fingerprint }, by)
    if ('refusals' in approval) throw new Error('refused')
    const hits = await world.fault({ kind: 'status', status, skip: 1, times: -1, match: { method: 'DELETE' } })
    // A 403 may be about one account: Rollcall asks whether the key still works, and it does not.
    if (status === 403)
      await world.fault({ kind: 'status', status, times: -1, skip: 1, match: { path: '/admin/v1/orgs' } })
    const stopped = await world.app.work(approval.run.runId, forever)
    expect([stopped?.status, stopped?.haltCause, await hits()]).toEqual(['stopped', 'credentials', 1])
    const calls = await world.requests()
    await world.app.work(approval.run.runId, forever)
    expect(await world.requests()).toBe(calls)
    await world.control('faults', undefined, 'DELETE')
    const ended = await run(world, made)
    expect([ended.status, ended.counts.applied]).toEqual(['finished', 3])
    expect(made.actions.map(({ accountId }) => world.changesOf(accountId))).toEqual([1, 1, 1])
  },
)

it('F18: a key that loses all rights stops the run at once', async () => {
  const { plan: made } = await plan(world)
  const approval = await world.app.approve({ planId: made.planId, fingerprint: made.fingerprint }, by)
  if ('refusals' in approval) throw new Error('refused')
  await world.control('keys', { key: 'unscoped', revoked: true })
  const before = await world.requests()
  expect((await world.app.work(approval.run.runId, forever))?.haltCause).toBe('credentials')
  expect((await world.requests()) - before).toBe(1)
  expect(await world.writes()).toEqual([])
})
