// Undo restores exactly what the run changed, passes the same guard, and lists what it cannot restore.

import { describe, expect, it } from 'vitest'
import { type ActionId, brandId, day, minute, type Step, viewExcluded } from '../src/index.js'
import { draftUndo } from '../src/plan/undo.js'
import {
  accountId,
  confluence,
  group,
  jira,
  mainDirectory,
  organization,
  memoryWorld,
  type Person,
  person,
  plan,
  plannedActions,
  step,
  workspace,
} from '../src/testing/index.js'
import {
  by,
  activeUsers,
  syncAndPlan,
  inactiveUsers,
  approveAndRun,
  reasonsOf,
  resultsOf,
  stateOf,
  worldOf,
} from './flow.js'

/** Runs a policy, syncs, and makes the undo plan. */
async function runAndPlanUndo(world: ReturnType<typeof worldOf>, changes: Readonly<Record<string, unknown>>) {
  const run = await approveAndRun(world.app, await syncAndPlan(world, changes))
  await world.app.sync(by)
  return { run, undo: await world.app.planUndo(run.runId, by) }
}

const everyAction: Readonly<Record<ActionId, Readonly<Record<string, unknown>>>> = {
  'revoke-product-access': {},
  'grant-product-access': { conditions: { 'email-matches': 'new-*' } },
  'suspend-access': { scope: 'organization' },
  'restore-access': { scope: 'organization', conditions: { status: 'suspended' } },
  'deactivate-account': { scope: 'organization' },
  'activate-account': { scope: 'organization', conditions: { status: 'deactivated' } },
  'remove-from-group': { scope: 'organization', group: 'jira-users' },
  'add-to-group': { scope: 'organization', group: 'contractors-keep' },
}
const population = () => [
  ...inactiveUsers(3),
  person('new-0', { groups: [], inactiveDays: 1 }),
  person('gone-0', { accountStatus: 'inactive' }),
  person('away-0', { memberships: [[mainDirectory, 'suspended']] }),
]

describe('the undo of', () => {
  it.each(Object.entries(everyAction))('%s restores groups, memberships and statuses', async (action, changes) => {
    const world = worldOf(population())
    const before = stateOf(world)
    const { run, undo } = await runAndPlanUndo(world, { ...changes, actions: [action] })
    expect(run.counts.applied).toBeGreaterThan(0)
    expect(stateOf(world)).not.toEqual(before)
    expect(undo.plan.actions).toHaveLength(run.counts.applied)
    expect((await approveAndRun(world.app, undo.plan)).counts.applied).toBe(run.counts.applied)
    expect(stateOf(world)).toEqual(before)
  })

  it('an undo repeats the run', async () => {
    const world = worldOf(inactiveUsers(3))
    const { undo } = await runAndPlanUndo(world, {})
    const between = await approveAndRun(world.app, undo.plan)
    await world.app.sync(by)
    const again = await world.app.planUndo(between.runId, by)
    expect((await approveAndRun(world.app, again.plan)).counts.applied).toBe(3)
    expect(world.organization.people.get('inactive-0')?.groups.size).toBe(0)
  })
})

describe('an undo', () => {
  it('reverses the newest change first, and names its run', async () => {
    const { run, undo } = await runAndPlanUndo(worldOf(inactiveUsers(3)), {})
    expect(undo.plan.actions.map((one) => one.accountId)).toEqual(['inactive-2', 'inactive-1', 'inactive-0'])
    expect([undo.plan.undoOf, undo.plan.source, undo.plan.conditions]).toEqual([run.runId, 'undo', null])
    expect(undo.plan.actions[0]?.reason).toBe(`undoes revoke Jira (acme) of run ${run.runId}`)
  })

  it('passes the guard like any other plan, but not the stop switch, since it only restores access', async () => {
    const world = worldOf(inactiveUsers(3))
    const { undo } = await runAndPlanUndo(world, {})
    world.system.advance(2 * day)
    await world.app.stop(by)
    const { refusals } = await world.app.showPlan(undo.plan.planId)
    expect(refusals.map(({ code }) => code)).toEqual(['plan-expired'])
  })

  it('is possible with a single admin left', async () => {
    const world = worldOf(inactiveUsers(2))
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    world.organization.people.delete('admin-2')
    await world.app.sync(by)
    const { plan: undo, refusals } = await world.app.planUndo(run.runId, by)
    expect(refusals.map(({ code }) => code)).not.toContain('too-few-admins')
    expect((await approveAndRun(world.app, undo)).counts.applied).toBe(2)
  })

  it('skips an account that a person has already restored', async () => {
    const world = worldOf(inactiveUsers(3))
    const { undo } = await runAndPlanUndo(world, {})
    world.organization.people.get('inactive-1')?.groups.add(group('jira-users').id)
    const ended = await approveAndRun(world.app, undo.plan)
    expect(await resultsOf(world.app, ended.runId)).toEqual([
      'inactive-2: applied',
      'inactive-1: skipped',
      'inactive-0: applied',
    ])
    expect((await reasonsOf(world.app, ended.runId))[1]).toBe('nothing left to undo')
  })

  it('restores as many accounts as there are seats, and lists the others', async () => {
    const people = [...inactiveUsers(4), ...activeUsers(60)]
    const world = memoryWorld(organization(people, { workspaces: [workspace({ capacity: 66 })] }))
    const { undo } = await runAndPlanUndo(world, {})
    for (const n of [0, 1]) world.organization.people.set(`taker-${n}`, person(`taker-${n}`, { inactiveDays: 1 }))
    const ended = await approveAndRun(world.app, undo.plan)
    expect([ended.status, ...(await resultsOf(world.app, ended.runId))]).toEqual([
      'finished',
      'inactive-3: applied',
      'inactive-2: applied',
      'inactive-1: failed',
      'inactive-0: failed',
    ])
    expect((await reasonsOf(world.app, ended.runId))[2]).toContain('Every seat of jira-software is taken')
  })

  it('lists accounts without their group and accounts that have left, and restores the rest', async () => {
    const world = worldOf([
      person('inactive-0', { groups: ['jira-testers'], inactiveDays: 300 }),
      ...inactiveUsers(3).slice(1),
    ])
    const { undo } = await runAndPlanUndo(world, {})
    Object.assign(world.organization, {
      groups: world.organization.groups.filter(({ name }) => name !== 'jira-testers'),
    })
    world.organization.people.delete('inactive-1')
    const ended = await approveAndRun(world.app, undo.plan)
    expect([ended.status, ...(await resultsOf(world.app, ended.runId))]).toEqual([
      'finished',
      'inactive-2: applied',
      'inactive-1: skipped',
      'inactive-0: skipped',
    ])
  })

  it('removes nothing from an account that has become protected', async () => {
    const world = worldOf([person('new-0', { groups: [], inactiveDays: 1 })])
    await world.app.sync(by)
    const picked = {
      action: 'grant-product-access' as const,
      accounts: ['new-0'],
      site: 'acme.atlassian.net',
      product: 'jira-software',
    }
    const run = await approveAndRun(world.app, (await world.app.planPicked(picked, by)).plan)
    await world.app.protect({ subject: 'new-0', reason: 'board' }, by)
    await world.app.sync(by)
    const undo = await world.app.planUndo(run.runId, by)
    expect((await approveAndRun(world.app, undo.plan)).counts).toMatchObject({ applied: 0, skipped: 1 })
    expect(world.organization.people.get('new-0')?.groups.size).toBe(1)
  })

  it('of a stopped run covers changes that were sent and never confirmed', async () => {
    const world = worldOf(inactiveUsers(2))
    const before = stateOf(world)
    const plan = await syncAndPlan(world)
    world.directory.fail({ operation: 'readAccount', at: 2, code: 'unauthorized' })
    const run = await approveAndRun(world.app, plan)
    expect([run.status, run.counts.applied]).toEqual(['stopped', 0])
    await world.app.sync(by)
    const undo = await world.app.planUndo(run.runId, by)
    expect((await approveAndRun(world.app, undo.plan)).counts.applied).toBe(1)
    expect(stateOf(world)).toEqual(before)
  })

  it('cancels its run when that is still executing', async () => {
    const world = worldOf(inactiveUsers(2))
    const made = await syncAndPlan(world)
    const approved = await world.app.approve({ planId: made.planId, fingerprint: made.fingerprint }, by)
    const { runId } = 'run' in approved ? approved.run : { runId: '' }
    await world.app.planUndo(runId, by)
    expect((await world.app.runStatus(runId)).status).toBe('cancelled')
  })
})

describe('an undo that removes access excludes', () => {
  type World = ReturnType<typeof worldOf>
  const use = ({ organization: { people }, system }: World, ari = jira, dateOnly = false) => {
    const at = dateOnly ? Math.floor(system.now() / day) * day : system.now() - minute
    people.get('inactive-0')?.used.set(ari, { kind: 'at', at, dateOnly })
  }
  const change = (changes: Partial<Person>) => (world: World) =>
    void Object.assign(world.organization.people.get('inactive-0') as Person, changes)
  const wide = { scope: 'organization' }

  it.each<[string, Readonly<Record<string, unknown>>, string, (world: World) => void]>([
    ['an account that has become active', { ...wide, actions: ['suspend-access'] }, 'active since', use],
    ['an account that has become active in the product', {}, 'active since', use],
    [
      'an account that has become active, by a date without a time',
      {},
      'active since',
      (world) => use(world, jira, true),
    ],
    ['an account that has become active', { ...wide, actions: ['deactivate-account'] }, 'active since', use],
    [
      'an account that the identity provider owns',
      { ...wide, actions: ['suspend-access'] },
      '',
      change({ synced: true }),
    ],
    ['an account that is not managed', { ...wide, actions: ['deactivate-account'] }, '', change({ managed: false })],
    [
      'an account that has become an admin',
      { ...wide, actions: ['suspend-access'] },
      'admin',
      change({ platformRoles: ['atlassian/org-admin'] }),
    ],
  ])('%s after the undo of %o', async (_who, changes, reason, happens) => {
    const world = worldOf(inactiveUsers(2))
    const { undo } = await runAndPlanUndo(world, changes)
    const between = await approveAndRun(world.app, undo.plan)
    world.system.advance(minute * 2)
    await world.app.sync(by)
    const again = await world.app.planUndo(between.runId, by)
    happens(world)
    const ended = await approveAndRun(world.app, again.plan)
    expect(await resultsOf(world.app, ended.runId)).toEqual(['inactive-0: skipped', 'inactive-1: applied'])
    expect((await reasonsOf(world.app, ended.runId))[0]).toContain(reason)
  })

  it('an account that has become active before the undo is planned, even after several undos', async () => {
    const world = worldOf(inactiveUsers(2))
    let { runId } = await approveAndRun(world.app, await syncAndPlan(world))
    for (const turn of [1, 2, 3]) {
      await world.app.sync(by)
      runId = (await approveAndRun(world.app, (await world.app.planUndo(runId, by)).plan)).runId
      expect((await world.app.runStatus(runId)).counts).toMatchObject({ applied: 2, skipped: 0 })
      if (turn < 3) continue
      world.system.advance(day)
      use(world)
      world.system.advance(day)
    }
    await world.app.sync(by)
    const ended = await approveAndRun(world.app, (await world.app.planUndo(runId, by)).plan)
    expect(await resultsOf(world.app, ended.runId)).toEqual(['inactive-0: skipped', 'inactive-1: applied'])
  })

  it.each([
    ['an account that has used the granted product', jira, 'skipped'],
    ['no account for use of another product', confluence, 'applied'],
  ] as const)('%s', async (_who, ari, state) => {
    const world = worldOf([person('inactive-0', { groups: ['confluence-users'] })])
    await world.app.sync(by)
    const request = { action: 'grant-product-access' as const, site: 'acme.atlassian.net', product: 'jira-software' }
    const granted = await world.app.planPicked({ ...request, accounts: ['inactive-0'] }, by)
    const { runId } = await approveAndRun(world.app, granted.plan)
    world.system.advance(2 * minute)
    use(world, ari)
    const ended = await approveAndRun(world.app, (await world.app.planUndo(runId, by)).plan)
    expect(await resultsOf(world.app, ended.runId)).toEqual([`inactive-0: ${state}`])
  })

  it('the requester, unless the undo restores access', async () => {
    const world = worldOf(inactiveUsers(2))
    const { undo } = await runAndPlanUndo(world, {})
    const asRequester = world.process(undefined, { requesters: [accountId('inactive-0')] }).app
    const between = await approveAndRun(asRequester, undo.plan)
    expect(between.counts.applied).toBe(2)
    await world.app.sync(by)
    const ended = await approveAndRun(asRequester, (await world.app.planUndo(between.runId, by)).plan)
    expect(await resultsOf(world.app, ended.runId)).toEqual(['inactive-0: skipped', 'inactive-1: applied'])
    expect((await reasonsOf(world.app, ended.runId))[0]).toBe('is the requester')
  })
})

describe('the draft of an undo', () => {
  const change = {
    kind: 'remove-from-group',
    accountId: accountId('p'),
    directoryId: mainDirectory,
    groupId: group('jira-users').id,
  } as const
  const states: readonly Step['state'][] = [
    'applied',
    'unknown',
    'sent',
    'skipped',
    'failed',
    'not-attempted',
    'intent',
  ]
  it('covers every step that may have changed something, and counts the rest by reason', async () => {
    const steps = states.map((state, position) =>
      step('run-1', position, { state, changes: [change], target: { workspace: jira } }),
    )
    const origin = plan({ actions: plannedActions(7), planId: brandId('p') })
    const { actions, excluded } = await draftUndo(origin, steps, memoryWorld(organization()).ports)
    expect(actions.map((one) => one.reason)).toHaveLength(3)
    expect(viewExcluded(excluded)).toMatchObject({
      total: 4,
      byReason: {
        'the run skipped it: nothing to undo': 1,
        'its change failed: nothing to undo': 1,
        'the run never reached it: nothing to undo': 1,
        'its change was never sent: nothing to undo': 1,
      },
    })
  })
})
