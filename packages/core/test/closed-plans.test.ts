// A closed plan keeps the verdict of its decision; the overview and the audit log agree with the list of runs.

import { expect, it } from 'vitest'
import { person } from '../src/testing/index.js'
import { approveAndRun, by, fireScheduledPolicy, inactiveUsers, syncAndPlan, worldOf } from './flow.js'

it('a plan that ran over a limit says which failed check was accepted, with its figures, and by whom', async () => {
  const world = worldOf(inactiveUsers(5))
  const plan = await syncAndPlan(world, { limits: { accounts: 2, percent: 20, unknown: 50, refused: 50 } })
  const [refusal] = (await world.app.planSummary(plan.planId)).refusals
  expect(refusal?.code).toBe('too-many')
  expect((await world.app.planSummary(plan.planId)).verdict).toBeNull()
  await approveAndRun(world.app, plan)
  expect((await world.app.planSummary(plan.planId)).verdict).toMatchObject({
    decision: 'approved',
    by,
    failed: [{ code: 'too-many', message: refusal?.message }],
    accepted: ['too-many'],
  })
})

it('a plan that passed every check says so, and a discarded one says who discarded it', async () => {
  const world = worldOf(inactiveUsers(5))
  const plan = await syncAndPlan(world)
  await approveAndRun(world.app, plan)
  expect((await world.app.planSummary(plan.planId)).verdict).toMatchObject({ decision: 'approved', by, failed: [] })
  const another = await syncAndPlan(worldOf(inactiveUsers(5)))
  expect(another.actions).toHaveLength(5)
  const held = worldOf(inactiveUsers(5))
  const blocked = await syncAndPlan(held, { limits: { accounts: 2, percent: 20, unknown: 50, refused: 50 } })
  await held.app.approve({ planId: blocked.planId, fingerprint: blocked.fingerprint, accepted: [] }, by)
  await held.app.discard(blocked.planId, 'noah')
  const { verdict } = await held.app.planSummary(blocked.planId)
  expect(verdict).toMatchObject({ decision: 'discarded', by: 'noah', failed: [{ code: 'too-many' }], accepted: [] })
})

it('a plan that somebody cancelled before its approval was never approved, whoever made it', async () => {
  const world = worldOf(inactiveUsers(3))
  const { run } = await fireScheduledPolicy(world, { approval: 'required' })
  await world.app.cancel(run.runId, 'noah')
  expect((await world.app.planSummary(run.planId)).verdict).toMatchObject({ decision: 'discarded', by: 'noah' })
})

it('a stopped run that somebody cancelled names no way to go on', async () => {
  const world = worldOf(inactiveUsers(6))
  const { run } = await fireScheduledPolicy(world)
  await world.app.stop(by)
  expect((await world.app.runStatus(run.runId)).status).toBe('stopped')
  await world.app.cancel(run.runId, 'noah')
  expect(await world.app.runStatus(run.runId)).toMatchObject({ status: 'cancelled', cancelledBy: 'noah', remedy: null })
  const { verdict } = await world.app.planSummary(run.planId)
  expect([verdict?.decision, verdict?.by === 'noah']).toEqual(['approved', false])
})

it('the newest run of the overview is the first one in the list of runs, never a plan that waits or is blocked', async () => {
  const world = worldOf(inactiveUsers(5))
  const plan = await syncAndPlan(world, { limits: { accounts: 2, percent: 20, unknown: 50, refused: 50 } })
  await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint, accepted: [] }, by)
  const newest = async () => (await world.app.runList({ limit: 1 })).runs[0] ?? null
  expect((await world.app.overview()).latestRun).toBeNull()
  await approveAndRun(world.app, plan)
  expect((await world.app.overview()).latestRun).toEqual(await newest())
  expect(await newest()).not.toBeNull()
})

it('a search of the audit log for a name finds the results of a run, not only its intents', async () => {
  const world = worldOf([person('x-1', { name: 'Zora Vance' }), person('x-2')])
  const plan = await syncAndPlan(world)
  await approveAndRun(world.app, plan)
  const { entries } = await world.app.searchAudit({ subject: 'Zora Vance', limit: 20 })
  expect(entries.map(({ fact }) => fact.event)).toEqual(['result', 'intent'])
  expect(new Set(entries.map(({ fact }) => fact.subject))).toEqual(new Set(['x-1']))
})
