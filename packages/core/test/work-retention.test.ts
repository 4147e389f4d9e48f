// Retention of work: old plans, runs, steps and snapshots are removed; what is open or new stays.

import { expect, it } from 'vitest'
import { day } from '../src/index.js'
import { policy } from '../src/testing/index.js'
import { approveAndRun, by, factsOf, inactiveUsers, syncAndPlan, worldOf } from './flow.js'

/** A world in which 61 snapshots and a plan are newer than the others, which are 401 days old. */
async function later(world: ReturnType<typeof worldOf>): Promise<void> {
  world.system.advance(401 * day)
  for (let count = 0; count < 61; count += 1) {
    await world.app.sync(by)
    world.system.advance(1000)
  }
  await world.app.planFile(policy(), by)
}

it('removes closed plans, their runs and steps, and snapshots older than the retention, and logs it once', async () => {
  const world = worldOf(inactiveUsers(3))
  const { store } = world.ports
  const plan = await syncAndPlan(world)
  const { runId } = await approveAndRun(world.app, plan)
  await later(world)
  const { removed } = await world.app.keepAudit('worker')
  expect(removed).toEqual({ plans: 1, runs: 1, accounts: plan.actions.length, snapshots: 1 })
  expect([await store.plan(plan.planId), await store.run(runId), await store.snapshot(plan.snapshotId)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(await store.steps(runId)).toEqual([])
  const logged = (await factsOf(world.app)).filter(({ event }) => event === 'old-work-removed')
  expect(logged).toMatchObject([{ actor: 'worker', details: { plans: 1, runs: 1, snapshots: 1, days: 400 } }])
  expect(await world.app.verifyAudit()).toMatchObject({ ok: true })
  expect((await world.app.keepAudit('worker')).removed).toBeUndefined()
})

it('removes nothing that is younger, so that an undo stays possible', async () => {
  const world = worldOf(inactiveUsers(3))
  const { runId } = await approveAndRun(world.app, await syncAndPlan(world))
  world.system.advance(390 * day)
  await syncAndPlan(world)
  expect((await world.app.keepAudit('worker')).removed).toBeUndefined()
  expect((await world.ports.store.steps(runId)).length).toBeGreaterThan(0)
})

it('keeps a plan whose run is stopped, with its snapshot', async () => {
  const world = worldOf(inactiveUsers(3))
  const { store } = world.ports
  const plan = await syncAndPlan(world)
  const { runId } = await approveAndRun(world.app, plan)
  const run = await store.run(runId)
  if (run === undefined) throw new Error('no run')
  await store.updateRun({ ...run, status: 'stopped' })
  await later(world)
  expect((await world.app.keepAudit('worker')).removed).toBeUndefined()
  expect((await store.plan(plan.planId))?.actions).toHaveLength(plan.actions.length)
  expect(await store.snapshot(plan.snapshotId)).toBeDefined()
})

it('keeps the run behind an exemption in force', async () => {
  const world = worldOf(inactiveUsers(3))
  const { store } = world.ports
  const plan = await syncAndPlan(world)
  const { runId } = await approveAndRun(world.app, plan)
  const [first] = plan.actions
  if (first === undefined) throw new Error('no action')
  const { accountId, action } = first
  await store.putVeto({ accountId, action, runId, since: world.system.now(), until: undefined, times: 2 })
  await later(world)
  expect((await world.app.keepAudit('worker')).removed).toBeUndefined()
  expect(await store.run(runId)).toBeDefined()
})

it('keeps the newest plan and the newest snapshots, however old', async () => {
  const world = worldOf(inactiveUsers(3))
  const plan = await syncAndPlan(world)
  world.system.advance(800 * day)
  await world.directory.organization()
  await world.app.checkKeys(by).catch(() => undefined)
  expect((await world.app.keepAudit('worker')).removed).toBeUndefined()
  expect(await world.ports.store.plan(plan.planId)).toBeDefined()
})
