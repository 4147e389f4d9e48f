// A run updates the newest snapshot with each account that it reads back: no figure waits for the next sync.

import { expect, it } from 'vitest'
import { acceptableCodes, Unfinished, type App } from '../src/index.js'
import { jira, site, policy } from '../src/testing/index.js'
import { activeUsers, approveAndRun, by, forever, inactiveUsers, syncAndPlan, worldOf } from './flow.js'
import { holdsSeat } from '../src/testing/memory-organization.js'
import type { MemoryWorld } from '../src/testing/index.js'

const place = { site, product: 'jira-software' }

/** Every figure that a screen or a command shows, without those of the audit log. */
async function figures(app: App) {
  const totals: Record<string, number> = {}
  for (const [name, filter] of Object.entries({
    all: {},
    jira: place,
    suspended: { status: 'suspended' as const },
    active: { status: 'active' as const },
    inactive: { inactiveFor: '90d' },
    inactiveInJira: { ...place, inactiveFor: '90d' },
    inJiraUsers: { inGroup: 'jira-users' },
  }))
    totals[name] = (await app.accounts({ limit: 10, ...filter })).total
  const { people, seats } = await app.overview()
  const { people: charted, never, days } = await app.activity()
  return { totals, people, seats, licenses: await app.licenses(), charted, never, days }
}

/** The same figures after a new sync. */
async function afterSync(world: MemoryWorld) {
  const copy = await world.copy()
  await copy.app.sync(by)
  return figures(copy.app)
}

const undo = async (app: App, runId: string) => {
  const made = await app.planUndo(runId, by)
  return approveAndRun(app, made.plan)
}

it.each([
  ['revoke-product-access', { actions: ['revoke-product-access'] }],
  ['suspend-access', { actions: ['suspend-access'], scope: 'organization' }],
  ['deactivate-account', { actions: ['deactivate-account'], scope: 'organization' }],
])('all figures are those of a new sync, after a run and after its undo: %s', async (_action, changes) => {
  const world = worldOf([...inactiveUsers(5), ...activeUsers(1)])
  const plan = await syncAndPlan(world, changes)
  const before = await figures(world.app)
  const { runId } = await approveAndRun(world.app, plan)
  const after = await figures(world.app)
  expect(after).not.toEqual(before)
  expect(after).toEqual(await afterSync(world))
  expect(after.totals['jira']).toBe(
    [...world.organization.people.values()].filter((one) => holdsSeat(one, jira, world.organization)).length,
  )
  await undo(world.app, runId)
  expect(await figures(world.app)).toEqual(before)
})

it('the next preview does not offer the accounts that the run has changed, and its plan still says what it freed', async () => {
  const world = worldOf(inactiveUsers(5))
  const changes = { actions: ['suspend-access'], scope: 'organization' }
  const plan = await syncAndPlan(world, changes)
  const { frees } = await world.app.planSummary(plan.planId)
  await approveAndRun(world.app, plan)
  expect((await world.app.planFile(policy(changes), by)).plan.actions).toEqual([])
  expect((await world.app.planSummary(plan.planId)).frees).toEqual(frees)
  expect(frees).toEqual([{ ...place, seats: 5 }])
})

it('keeps the last activity in a product that the run has taken', async () => {
  const world = worldOf(inactiveUsers(5))
  const plan = await syncAndPlan(world)
  const lastActive = async () => (await world.app.accounts({ limit: 1, search: 'inactive-0' })).accounts[0]?.lastActive
  const before = await lastActive()
  await approveAndRun(world.app, plan)
  expect(await lastActive()).toEqual(before)
})

it('a process that dies at any moment leaves no count that differs from a new sync by more than the open account', async () => {
  const world = worldOf(inactiveUsers(2))
  const plan = await syncAndPlan(world)
  const { planId, fingerprint } = plan
  for (let at = 1; ; at += 7) {
    const copy = await world.copy()
    const approved = await copy.app.approve({ planId, fingerprint, accepted: [...acceptableCodes] }, by)
    if ('refusals' in approved) throw new Error(JSON.stringify(approved.refusals))
    const { runId } = approved.run
    const dying = copy.process({ at, when: 'after' })
    const died = await dying.app.work(runId, forever).then(
      () => false,
      () => true,
    )
    copy.system.advance(10 * 60_000)
    if (died) await copy.process().app.work(runId, forever)
    const [now, synced] = [await figures(copy.app), await afterSync(copy)]
    expect(now.totals).toEqual(synced.totals)
    expect(Math.abs((now.seats[0]?.used ?? 0) - (synced.seats[0]?.used ?? 0))).toBeLessThanOrEqual(1)
    if (!died) break
  }
})

it('a run during a sync changes the accounts that the sync has read, and the figures of its snapshot count them as they are', async () => {
  const world = worldOf([...inactiveUsers(5), ...activeUsers(1)])
  const plan = await syncAndPlan(world, { actions: ['suspend-access'], scope: 'organization' })
  const afterEachPage = { until: Infinity, yields: () => Promise.resolve(true) }
  await expect(world.app.sync(by, undefined, afterEachPage)).rejects.toThrow(Unfinished)
  const { runId } = await approveAndRun(world.app, plan)
  expect((await world.app.runStatus(runId)).counts.applied).toBe(5)
  await world.app.sync(by)
  const [newest] = await world.ports.store.snapshotHeads(1)
  if (newest === undefined) throw new Error('There is no snapshot.')
  const held = await world.ports.store.countAccounts({ snapshotId: newest.id, ...place, seats: 'held' })
  const truth = [...world.organization.people.values()].filter((one) => holdsSeat(one, jira, world.organization)).length
  expect([held, newest.inactiveIn?.[jira]?.people]).toEqual([truth, truth])
  expect((await figures(world.app)).totals).toEqual((await afterSync(world)).totals)
})
