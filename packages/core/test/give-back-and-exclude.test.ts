// Decisions about single accounts: leave one out of a plan, or give back what was taken from it.

import { describe, expect, it } from 'vitest'
import { hour, type Plan } from '../src/index.js'
import { group, jira as jiraAri, memoryWorld, organization, person, site } from '../src/testing/index.js'
import {
  activeUsers,
  approveAndRun,
  by,
  factsOf,
  fireScheduledPolicy,
  forever,
  inactiveUsers,
  stateOf,
  syncAndPlan,
  worldOf,
} from './flow.js'

const idsOf = ({ actions }: Plan): readonly string[] => actions.map(({ accountId }) => accountId)
const jira = { site, product: 'jira-software' }

describe('excluding an account from a plan', () => {
  it('makes a new plan with another fingerprint, which changes everybody else', async () => {
    const world = worldOf(inactiveUsers(3))
    const old = await syncAndPlan(world)
    const { plan, refusals } = await world.app.exclude(old.planId, { accounts: ['inactive-1'], reason: 'on leave' }, by)
    expect([idsOf(plan), refusals, plan.fingerprint === old.fingerprint]).toEqual([
      ['inactive-0', 'inactive-2'],
      [],
      false,
    ])
    expect(plan.excluded.total).toBe(old.excluded.total + 1)
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(2)
    expect(await factsOf(world.app)).toContainEqual(
      expect.objectContaining({
        event: 'accounts-left-out',
        actor: by,
        reason: 'on leave',
        details: { from: old.planId, accounts: ['inactive-1'], total: 1 },
      }),
    )
  })

  it('discards the old plan, so that nobody runs it', async () => {
    const world = worldOf(inactiveUsers(3))
    const old = await syncAndPlan(world)
    await world.app.exclude(old.planId, { accounts: ['inactive-1'] }, by)
    await expect(approveAndRun(world.app, old)).rejects.toThrow('discarded this plan')
  })

  it('puts the new plan into the review queue where the old one waited', async () => {
    const world = worldOf(inactiveUsers(3))
    const { run } = await fireScheduledPolicy(world, { approval: 'required' })
    const { plan } = await world.app.exclude(run.planId, { accounts: ['inactive-0'] }, by)
    expect((await world.app.waiting()).map((one) => one.plan.planId)).toEqual([plan.planId])
    await approveAndRun(world.app, plan)
    await world.app.work((await world.app.runs(1))[0]?.runId as never, forever)
    expect(world.directory.arrived.map(({ change }) => change.accountId)).toEqual(['inactive-1', 'inactive-2'])
  })

  it('lists the account among the excluded ones, with who excluded it and why', async () => {
    const world = worldOf(inactiveUsers(3))
    const old = await syncAndPlan(world)
    const { plan } = await world.app.exclude(old.planId, { accounts: ['inactive-1'], reason: 'on leave' }, by)
    const { people } = await world.app.planAccounts(plan.planId, { part: 'excluded', reason: 'left-out', limit: 9 })
    expect(people.map(({ accountId, reason }) => [accountId, reason])).toEqual([
      ['inactive-1', 'left out of this plan by mia: on leave'],
    ])
  })

  it('refuses accounts that the plan does not have, an empty rest, and a plan that has begun', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    const exclude = (...accounts: string[]) => world.app.exclude(plan.planId, { accounts }, by)
    await expect(exclude('busy-1')).rejects.toThrow('1 account is not in this plan: busy-1. Nothing was left out.')
    await expect(exclude('inactive-0', 'inactive-1')).rejects.toThrow('Discard it instead')
    await expect(exclude()).rejects.toThrow('at least one account')
    await approveAndRun(world.app, plan)
    await expect(exclude('inactive-0')).rejects.toThrow('its run is finished')
  })

  it('makes no old plan young', async () => {
    const world = worldOf(inactiveUsers(3))
    const old = await syncAndPlan(world)
    world.system.advance(23 * hour)
    const { plan } = await world.app.exclude(old.planId, { accounts: ['inactive-1'] }, by)
    world.system.advance(2 * hour)
    expect((await world.app.showPlan(plan.planId)).refusals.map(({ code }) => code)).toContain('plan-expired')
  })

  it('keeps refusing what changed since the first plan', async () => {
    const world = worldOf(inactiveUsers(3))
    const old = await syncAndPlan(world)
    await world.app.protect({ subject: 'busy-1', reason: 'needed' }, by)
    const { refusals } = await world.app.exclude(old.planId, { accounts: ['inactive-1'] }, by)
    expect(refusals.map(({ cause }) => cause)).toEqual(['protected-list-changed'])
  })
})

describe('planning without some accounts', () => {
  it('leaves them out before the least active are taken', async () => {
    const world = worldOf(inactiveUsers(3))
    await world.app.sync(by)
    const { readPolicy } = await import('../src/index.js')
    const read = readPolicy({
      name: 'Free seats',
      scope: jira,
      conditions: { 'inactive-for': '90d' },
      actions: ['revoke-product-access'],
      limits: { take: 2 },
    })
    if (!('policy' in read)) throw new Error('not a policy')
    const { plan } = await world.app.planFile(read.policy, by, ['inactive-0'])
    expect(idsOf(plan)).toEqual(['inactive-1', 'inactive-2'])
    expect(plan.excluded.reasons).toContainEqual({
      code: 'left-out',
      text: 'left out of this plan by a person',
      accounts: 1,
    })
  })

  it('works for accounts that a filter matches, and refuses unknown ids', async () => {
    const world = worldOf(inactiveUsers(3))
    await world.app.sync(by)
    const request = { action: 'suspend-access' as const, matching: { search: 'inactive' } }
    const { plan } = await world.app.planMatching({ ...request, exclude: ['inactive-2'] }, by)
    expect(idsOf(plan)).toEqual(['inactive-0', 'inactive-1'])
    await expect(world.app.planMatching({ ...request, exclude: ['nobody'] }, by)).rejects.toThrow('nobody')
  })
})

describe('giving back', () => {
  async function afterARun() {
    const world = worldOf(inactiveUsers(3))
    const before = stateOf(world)
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    return { world, before, run }
  }

  it('restores just the named account of a run, and leaves the others', async () => {
    const { world, before, run } = await afterARun()
    const { plan } = await world.app.planGiveBack({ runId: run.runId, accounts: ['inactive-1'] }, by)
    expect([idsOf(plan), plan.undoOf]).toEqual([['inactive-1'], run.runId])
    await approveAndRun(world.app, plan)
    const after = stateOf(world)
    expect(after['inactive-1']).toEqual(before['inactive-1'])
    expect(after['inactive-0']).not.toEqual(before['inactive-0'])
    // The rest of the run can still be undone.
    expect(idsOf((await world.app.planUndo(run.runId, by)).plan)).toEqual(['inactive-2', 'inactive-0'])
  })

  it('finds the run by the account alone', async () => {
    const { world, run } = await afterARun()
    const { plan } = await world.app.planGiveBack({ accounts: ['inactive-2'] }, by)
    expect([idsOf(plan), plan.undoOf]).toEqual([['inactive-2'], run.runId])
  })

  it('works while the stop switch is on and while the run goes on, which is not cancelled', async () => {
    const world = worldOf(inactiveUsers(6))
    const { run } = await fireScheduledPolicy(world, { limits: { accounts: 99, percent: 20, canaryAccounts: 2 } })
    await world.app.work(run.runId, forever)
    const { plan } = await world.app.planGiveBack({ runId: run.runId, accounts: ['inactive-0'] }, by)
    expect((await world.app.runStatus(run.runId)).status).toBe('executing')
    await world.app.stop(by)
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(1)
    expect((await world.app.runStatus(run.runId)).status).toBe('stopped')
  })

  it('is offered for what was taken and is still gone, in the run and in the history of the account', async () => {
    const { world, run } = await afterARun()
    const offered = async () => {
      const { people } = await world.app.runPage(run.runId, { limit: 9 })
      return people.filter(({ mayGiveBack }) => mayGiveBack).map(({ accountId }) => accountId)
    }
    const inHistory = async (id: string) => (await world.app.account(id)).history.map((one) => one.mayGiveBack)
    expect(await offered()).toEqual(['inactive-0', 'inactive-1', 'inactive-2'])
    expect(await inHistory('inactive-1')).toEqual([true])
    const { plan } = await world.app.planGiveBack({ runId: run.runId, accounts: ['inactive-1'] }, by)
    const undo = await approveAndRun(world.app, plan)
    expect(await offered()).toEqual(['inactive-0', 'inactive-2'])
    expect(await inHistory('inactive-1')).toEqual([false, false])
    // What restored access has nothing to give back.
    const { people } = await world.app.runPage(undo.runId, { limit: 9 })
    expect(people.map(({ mayGiveBack }) => mayGiveBack)).toEqual([false])
  })

  it('refuses an account from which nothing was taken', async () => {
    const { world, run } = await afterARun()
    await expect(world.app.planGiveBack({ accounts: ['busy-1'] }, by)).rejects.toThrow('has taken nothing')
    await expect(world.app.planGiveBack({ runId: run.runId, accounts: ['busy-1'] }, by)).rejects.toThrow('busy-1')
    await expect(world.app.planGiveBack({ accounts: ['inactive-0', 'inactive-1'] }, by)).rejects.toThrow('needs a run')
  })
})

describe('an undo after a person gave back a part', () => {
  /** A run that took two groups from an account. A person adds one of them again, and then the other one. */
  async function inPart() {
    const both = person('inactive-0', { inactiveDays: 300, groups: ['jira-users', 'jira-more'] })
    const org = organization([both, ...activeUsers(60)], {
      groups: [group('jira-users', { grants: [jiraAri], isDefault: true }), group('jira-more', { grants: [jiraAri] })],
    })
    const world = memoryWorld(org)
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    const groups = world.organization.people.get('inactive-0')?.groups ?? new Set<string>()
    groups.add(group('jira-users').id)
    return { world, run, groups }
  }
  const added = ({ actions }: Plan) =>
    actions.flatMap(({ target }) => (target.changes ?? []).flatMap((one) => ('groupId' in one ? [one.groupId] : [])))

  it.each([true, false])('restores the rest, whether a sync has seen it (%j) or not', async (synced) => {
    const { world, run, groups } = await inPart()
    if (synced) await world.app.sync(by)
    const { plan } = await world.app.planUndo(run.runId, by)
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(1)
    expect([...groups].toSorted()).toEqual([group('jira-more').id, group('jira-users').id])
    expect(world.directory.arrived.filter(({ change }) => change.kind === 'add-to-group')).toHaveLength(1)
  })

  it('does not restore again what the person has taken away since', async () => {
    const { world, run, groups } = await inPart()
    await world.app.sync(by)
    groups.delete(group('jira-users').id)
    const { plan } = await world.app.planUndo(run.runId, by)
    expect(added(plan)).toEqual([group('jira-more').id])
  })

  it('has nothing left once the person has given back everything', async () => {
    const { world, run, groups } = await inPart()
    await world.app.sync(by)
    groups.add(group('jira-more').id)
    await world.app.sync(by)
    const { plan } = await world.app.planUndo(run.runId, by)
    expect([plan.actions, plan.excluded.reasons.map(({ code }) => code)]).toEqual([[], ['restored-since']])
    expect((await world.app.vetoes()).map(({ times }) => times)).toEqual([1])
  })
})
