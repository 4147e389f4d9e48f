// An organization that was renamed keeps its id: what a run took can still be given back, and a preview shows what an
// approval refuses.

import { describe, expect, it } from 'vitest'
import { brandId, type Plan } from '../src/index.js'
import { acme, person } from '../src/testing/index.js'
import { approveAndRun, by, inactiveUsers, stateOf, syncAndPlan, worldOf } from './flow.js'

type World = ReturnType<typeof worldOf>
const rename = ({ organization }: World, changes: Partial<typeof acme> = { name: 'Acme Holding' }) =>
  void Object.assign(organization, { organization: { ...acme, ...changes } })

/** What the approval of a plan refuses, and what its preview shows. */
async function verdicts({ app }: World, { planId, fingerprint }: Plan) {
  const preview = (await app.showPlan(planId)).refusals.map(({ code }) => code)
  const approved = await app.approve({ planId, fingerprint, accepted: [] }, by)
  return { preview, approval: 'refusals' in approved ? approved.refusals.map(({ code }) => code) : [] }
}

describe('after the organization was renamed', () => {
  it.each([false, true])('an undo restores what the run took; synced since: %j', async (synced) => {
    const world = worldOf(inactiveUsers(3))
    const before = stateOf(world)
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    rename(world)
    if (synced) await world.app.sync(by)
    const { plan, refusals } = await world.app.planUndo(run.runId, by)
    expect(refusals).toEqual([])
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(3)
    expect(stateOf(world)).toEqual(before)
  })

  it('an undo plan that was made before still runs, and so does a give-back', async () => {
    const world = worldOf(inactiveUsers(3))
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    const { plan: back } = await world.app.planGiveBack({ runId: run.runId, accounts: ['inactive-1'] }, by)
    const { plan: undo } = await world.app.planUndo(run.runId, by)
    rename(world)
    expect((await approveAndRun(world.app, back)).counts.applied).toBe(1)
    expect((await approveAndRun(world.app, undo)).counts.applied).toBe(2)
  })

  it('the undo of a grant, which takes access, is planned under the new name', async () => {
    const world = worldOf([person('new-0', { groups: [], inactiveDays: 1 })])
    const granting = { actions: ['grant-product-access'], conditions: { 'email-matches': 'new-*' } }
    const run = await approveAndRun(world.app, await syncAndPlan(world, granting))
    const { plan: old } = await world.app.planUndo(run.runId, by)
    rename(world)
    const { plan, refusals } = await world.app.planUndo(run.runId, by)
    expect([plan.organization.name, refusals]).toEqual(['Acme Holding', []])
    expect((await verdicts(world, old)).approval).toEqual(['wrong-organization'])
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(1)
  })

  it('a plan that takes access is refused, and its preview shows that after the next sync', async () => {
    const world = worldOf(inactiveUsers(3))
    const plan = await syncAndPlan(world)
    rename(world)
    world.system.advance(1)
    await world.app.sync(by)
    expect(await verdicts(world, plan)).toEqual({ preview: ['wrong-organization'], approval: ['wrong-organization'] })
  })

  it('an undo is possible when Atlassian does not show the organization while it is planned', async () => {
    const world = worldOf(inactiveUsers(3))
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    rename(world)
    world.directory.fail({ operation: 'organization', at: 1, code: 'unavailable' })
    const { plan } = await world.app.planUndo(run.runId, by)
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(3)
  })
})

it('an undo never runs in an organization with another id, whatever its name', async () => {
  const world = worldOf(inactiveUsers(3))
  const run = await approveAndRun(world.app, await syncAndPlan(world))
  rename(world, { id: brandId('org-2') })
  const { plan } = await world.app.planUndo(run.runId, by)
  expect((await verdicts(world, plan)).approval).toEqual(['wrong-organization'])
})
