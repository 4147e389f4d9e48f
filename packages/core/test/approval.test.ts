// Approval: it is for one fingerprint. Any relevant change since the plan was made blocks the run.

import { describe, expect, it } from 'vitest'
import { acceptableCodes, day, hour, minute, type Plan, refusalCodes, UsageError, viewExcluded } from '../src/index.js'
import { mainDirectory, memoryWorld, organization, person, policy, run, site } from '../src/testing/index.js'
import { by, activeUsers, factsOf, forever, syncAndPlan, inactiveUsers, approveAndRun, worldOf } from './flow.js'

type World = ReturnType<typeof worldOf>
async function codes(
  { app }: World,
  { planId, fingerprint }: Plan,
  accepted: readonly (typeof refusalCodes)[number][] = [],
) {
  const approved = await app.approve({ planId, fingerprint, accepted: [...accepted] }, by)
  return 'refusals' in approved ? approved.refusals.map(({ code, cause }) => cause ?? code) : approved.run.status
}

describe('a plan is blocked when, after it was made,', () => {
  it.each<[string, string, (world: World, plan: Plan) => unknown]>([
    [
      'somebody was protected',
      'protected-list-changed',
      ({ app }) => app.protect({ subject: 'busy-1', reason: 'board' }, by),
    ],
    ['a day has passed', 'plan-expired', ({ system }) => system.advance(day + 1)],
    ['the stop switch was turned on', 'stopped', ({ app }) => app.stop(by)],
    [
      'the protected list became unreadable',
      'protected-unreadable',
      ({ ports }) => Object.assign(ports.store, { protections: () => Promise.reject(new Error('corrupt')) }),
    ],
    [
      'its content was altered in the database',
      'plan-altered',
      ({ ports: { store } }, plan) =>
        Object.assign(store, { plan: () => Promise.resolve({ ...plan, actions: plan.actions.slice(1) }) }),
    ],
    [
      'its snapshot was lost',
      'snapshot-incomplete',
      ({ ports: { store } }) => Object.assign(store, { snapshotHead: () => Promise.resolve(undefined) }),
    ],
  ])('%s', async (_what, code, change) => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    await change(world, plan)
    expect(await codes(world, plan, acceptableCodes)).toContain(code)
    expect(world.directory.calls('apply')).toBe(0)
    expect((await world.app.runs(9)).map(({ status }) => status)).toEqual(['quarantined'])
  })

  it('its policy was changed, disabled or deleted', async () => {
    const world = worldOf(inactiveUsers(2))
    await world.app.importPolicy(policy(), by)
    await world.app.enablePolicy(policy().name, by)
    await world.app.sync(by)
    const { plan } = await world.app.planStored(policy().name, by)
    await world.app.disablePolicy(policy().name, by)
    expect(await codes(world, plan)).toEqual(['policy-disabled'])
    await world.app.importPolicy(policy({ limits: { percent: 20, accounts: 99 } }), by)
    expect(await codes(world, plan)).toEqual(['policy-changed', 'policy-disabled'])
    await world.app.deletePolicy(policy().name, by)
    expect(await codes(world, plan)).toEqual(['policy-disabled'])
  })

  it('the approval was given to another fingerprint', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    expect(await codes(world, { ...plan, fingerprint: 'f'.repeat(64) })).toEqual(['approval-for-another-plan'])
  })

  it('another organization was connected', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    const { app } = world.process(undefined, { organizationId: 'org-2' as never })
    expect(await codes({ ...world, app }, plan)).toContain('wrong-organization')
  })
})

/** Replaces the stored plan with one that lacks an account. */
const alter = ({ ports: { store } }: World, plan: Plan) =>
  Object.assign(store, { plan: () => Promise.resolve({ ...plan, actions: plan.actions.slice(1) }) })

/** A run of a stored policy that stops at its second account. */
async function stoppedRun() {
  const world = worldOf(inactiveUsers(3), { faults: [{ operation: 'apply', at: 2, code: 'unauthorized' }] })
  await world.app.importPolicy(policy(), by)
  await world.app.enablePolicy(policy().name, by)
  await world.app.sync(by)
  const { plan } = await world.app.planStored(policy().name, by)
  expect((await approveAndRun(world.app, plan)).status).toBe('stopped')
  return { world, plan, sent: world.directory.calls('apply') }
}

describe('a stopped run', () => {
  it.each<[string, string, (world: World, plan: Plan) => unknown]>([
    ['its plan was altered', 'plan-altered', alter],
    [
      'somebody was protected',
      'protected-list-changed',
      ({ app }) => app.protect({ subject: 'busy-1', reason: 'board' }, by),
    ],
    [
      'its policy has changed',
      'policy-changed',
      ({ app }) => app.importPolicy(policy({ limits: { percent: 20, accounts: 99 } }), by),
    ],
    ['its policy was disabled', 'policy-disabled', ({ app }) => app.disablePolicy(policy().name, by)],
    ['its policy was deleted', 'policy-disabled', ({ app }) => app.deletePolicy(policy().name, by)],
    ['its plan became older than a day', 'plan-expired', ({ system }) => system.advance(day + 1)],
  ])('does not resume when, meanwhile, %s', async (_what, code, change) => {
    const { world, plan, sent } = await stoppedRun()
    await change(world, plan)
    expect(await codes(world, plan, acceptableCodes)).toContain(code)
    expect((await factsOf(world.app)).at(-1)).toMatchObject({ event: 'refused', planId: plan.planId })
    expect([await world.app.executing(), world.directory.calls('apply')]).toEqual([[], sent])
  })

  it('resumes when nothing has changed', async () => {
    const { world, plan } = await stoppedRun()
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(3)
  })
})

describe('an interrupted run', () => {
  it('stops after somebody altered its plan, and a new approval is refused', async () => {
    const world = worldOf(inactiveUsers(3))
    const plan = await syncAndPlan(world)
    expect(await codes(world, plan)).toBe('executing')
    const [begun] = await world.app.executing()
    alter(world, plan)
    expect(await codes(world, plan)).toEqual(['plan-altered'])
    expect(await world.app.work(begun?.runId as never, forever)).toMatchObject({
      status: 'stopped',
      stopReason: 'The stored plan was altered after it was made.',
    })
    expect((await factsOf(world.app)).at(-1)).toMatchObject({
      event: 'run-stopped',
      details: { codes: ['fingerprint-mismatch'] },
    })
    expect(await codes(world, plan)).toEqual(['plan-altered'])
    expect(world.directory.calls('apply')).toBe(0)
  })

  it('continues with a changed protected list, and skips newly protected accounts', async () => {
    const world = worldOf(inactiveUsers(3), { onChange: () => world.system.advance(minute) })
    const plan = await syncAndPlan(world)
    await codes(world, plan)
    const [run] = await world.app.executing()
    await world.app.work(run?.runId as never, { until: world.system.now() + 1 })
    expect(world.directory.arrived).toHaveLength(1)
    await world.app.protect({ subject: 'inactive-1', reason: 'board' }, by)
    expect((await approveAndRun(world.app, plan)).counts).toMatchObject({ applied: 2, skipped: 1 })
  })

  it('does not begin when the protected list has changed since the approval', async () => {
    const world = worldOf(inactiveUsers(3))
    const plan = await syncAndPlan(world)
    await codes(world, plan)
    await world.app.protect({ subject: 'inactive-1', reason: 'board' }, by)
    const stopped = await approveAndRun(world.app, plan)
    expect([stopped.status, stopped.counts.applied]).toEqual(['stopped', 0])
    expect(stopped.stopReason).toContain('The protected list has changed since the plan was made')
  })
})

describe('a refusal', () => {
  it('is logged with its codes', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    await world.app.stop(by)
    await codes(world, plan)
    expect((await factsOf(world.app)).at(-1)).toMatchObject({
      event: 'refused',
      planId: plan.planId,
      details: { codes: ['stopped'] },
    })
  })

  it('with an acceptable code is accepted by name, and the audit log and the run record that', async () => {
    const world = worldOf(inactiveUsers(5))
    const plan = await syncAndPlan(world, { limits: { accounts: 2 } })
    expect(await codes(world, plan)).toEqual(['too-many'])
    expect(await codes(world, plan, ['over-budget'])).toEqual(['too-many'])
    expect(await codes(world, plan, ['too-many'])).toBe('executing')
    expect((await world.ports.store.runs(1))[0]?.accepted).toEqual(['too-many'])
    expect((await factsOf(world.app)).at(-1)).toMatchObject({
      event: 'approved',
      actor: by,
      details: { accepted: ['too-many'] },
    })
  })

  it.each(refusalCodes.filter((code) => !acceptableCodes.includes(code)))('%s cannot be accepted', async (code) => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    await expect(codes(world, plan, [code])).rejects.toThrow(UsageError)
  })
})

describe('the weekly budget', () => {
  it('counts the changes of all runs and policies, and frees them after a week', async () => {
    const world = worldOf(inactiveUsers(9))
    await approveAndRun(world.app, await syncAndPlan(world, { limits: { take: 4 } }))
    world.system.advance(hour)
    const next = await syncAndPlan(world, { name: 'Another', limits: { take: 4, percent: 20 } })
    expect(await codes(world, next)).toEqual(['over-budget'])
    world.system.advance(7 * day)
    expect(await codes(world, await syncAndPlan(world, { limits: { take: 4, percent: 20 } }))).toBe('executing')
  })

  it('counts the remaining changes of approved runs: of two plans approved at once, one is blocked', async () => {
    const world = worldOf(inactiveUsers(9))
    const first = await syncAndPlan(world, { limits: { take: 4, percent: 20 } })
    const second = (await world.app.planFile(policy({ name: 'Another', limits: { take: 5, percent: 20 } }), by)).plan
    expect(await codes(world, first)).toBe('executing')
    expect(await codes(world, second)).toEqual(['over-budget'])
  })

  it.each([
    ['from three processes', (world: World, n: number) => (n === 0 ? world.app : world.process().app)],
    ['from one process', (world: World) => world.app],
  ])('lets only one of three plans run that people approve at the same time %s', async (_where, appOf) => {
    const world = worldOf(inactiveUsers(9))
    await world.app.sync(by)
    const plans: Plan[] = []
    for (const name of ['One', 'Two', 'Three'])
      plans.push((await world.app.planFile(policy({ name, limits: { take: 4, percent: 20 } }), by)).plan)
    const outcomes = await Promise.all(plans.map((plan, n) => codes({ ...world, app: appOf(world, n) }, plan)))
    expect(outcomes.filter((outcome) => outcome === 'executing')).toHaveLength(1)
    expect(outcomes.filter((outcome) => String(outcome) === 'over-budget')).toHaveLength(2)
    expect((await world.app.runs(9)).map(({ status }) => status).toSorted()).toEqual([
      'executing',
      'quarantined',
      'quarantined',
    ])
    const refused = (await factsOf(world.app)).filter(({ event }) => event === 'refused')
    expect(refused.map(({ details }) => details)).toEqual([{ codes: ['over-budget'] }, { codes: ['over-budget'] }])
    for (const { runId } of await world.app.executing()) await world.app.work(runId, forever)
    expect(world.directory.arrived).toHaveLength(4)
  })

  it('holds for two runs whose processes died before they checked the budget again', async () => {
    const world = worldOf(inactiveUsers(9))
    const first = await syncAndPlan(world, { limits: { take: 4, percent: 20 } })
    const second = (await world.app.planFile(policy({ name: 'Another', limits: { take: 4, percent: 20 } }), by)).plan
    await world.ports.store.insertRun(run('run-1', first.planId))
    await world.ports.store.insertRun(run('run-2', second.planId))
    await world.app.work('run-1' as never, { until: world.system.now() + 1 })
    await world.app.work('run-2' as never, forever)
    await world.app.work('run-1' as never, forever)
    expect(world.directory.arrived).toHaveLength(4)
    const stopped = await world.app.runStatus('run-2')
    expect([stopped.status, stopped.stopReason]).toEqual(['stopped', expect.stringContaining('the weekly budget is 7')])
  })

  it('holds when a run is resumed: later changes of other runs count, unless a person accepts the refusal', async () => {
    const world = worldOf(inactiveUsers(9), { faults: [{ operation: 'apply', at: 2, code: 'unauthorized' }] })
    const first = await syncAndPlan(world, { limits: { take: 4, percent: 20 } })
    expect(await codes(world, first)).toBe('executing')
    await world.app.work((await world.ports.store.runs(1))[0]?.runId as never, forever)
    expect((await world.app.runs(1))[0]).toMatchObject({ status: 'stopped', counts: { applied: 1, notAttempted: 3 } })
    const second = (await world.app.planFile(policy({ name: 'Another', limits: { take: 5, percent: 20 } }), by)).plan
    expect(await codes(world, second)).toBe('executing')
    await world.app.work((await world.app.executing())[0]?.runId as never, forever)
    expect(await codes(world, first)).toEqual(['over-budget'])
    expect((await world.app.executing()).length).toBe(0)
    expect(await codes(world, first, ['over-budget'])).toBe('executing')
  })

  it('is the only check on resume: a plan shows its remaining changes, and accepted codes stay accepted', async () => {
    const world = worldOf(inactiveUsers(9), { faults: [{ operation: 'apply', at: 2, code: 'unauthorized' }] })
    const first = await syncAndPlan(world, { limits: { take: 4, accounts: 3, percent: 20 } })
    expect(await codes(world, first)).toEqual(['too-many'])
    expect(await codes(world, first, ['too-many'])).toBe('executing')
    await world.app.work((await world.app.executing())[0]?.runId as never, forever)
    const summary = await world.app.planSummary(first.planId)
    expect(summary.run).toMatchObject({ status: 'stopped', left: 3, accepted: ['too-many'] })
    expect(summary.kinds).toMatchObject([{ accounts: 4, left: 3 }])
    expect(summary.refusals).toEqual([])
    const second = (await world.app.planFile(policy({ name: 'Another', limits: { take: 5, percent: 20 } }), by)).plan
    expect(await codes(world, second)).toBe('executing')
    await world.app.work((await world.app.executing())[0]?.runId as never, forever)
    // The plan page shows exactly the refusals that core checks.
    const shown = (await world.app.planSummary(first.planId)).refusals.map(({ code }) => code)
    expect(shown).toEqual(['over-budget'])
    expect(await codes(world, first)).toEqual(shown)
    expect(await codes(world, first, ['over-budget'])).toBe('executing')
    expect((await world.app.planSummary(first.planId)).run?.accepted.toSorted()).toEqual(['over-budget', 'too-many'])
  })

  it('lets a run resume while the budget allows it, and counts its own changes only once', async () => {
    const world = worldOf(inactiveUsers(6), { faults: [{ operation: 'apply', at: 4, code: 'unauthorized' }] })
    const plan = await syncAndPlan(world, { limits: { take: 6, percent: 20 } })
    expect(await codes(world, plan)).toBe('executing')
    await world.app.work((await world.app.executing())[0]?.runId as never, forever)
    expect((await world.app.runs(1))[0]?.status).toBe('stopped')
    expect(await codes(world, plan)).toBe('executing')
    await world.app.work((await world.app.executing())[0]?.runId as never, forever)
    expect((await world.app.runs(1))[0]).toMatchObject({ status: 'finished', counts: { applied: 6 } })
  })

  it('is not refunded when a step was skipped or failed after its intent', async () => {
    const world = worldOf(inactiveUsers(9), { faults: [{ operation: 'apply', at: 1, code: 'seat-limit', times: 4 }] })
    const ended = await approveAndRun(world.app, await syncAndPlan(world, { limits: { take: 4 } }))
    expect(ended.counts.failed).toBe(4)
    expect(await codes(world, await syncAndPlan(world, { limits: { take: 4, percent: 20 } }))).toEqual(['over-budget'])
  })
})

describe('one plan', () => {
  it('makes one run, however often people approve it', async () => {
    const world = worldOf(inactiveUsers(3))
    const plan = await syncAndPlan(world)
    const all = await Promise.all(
      [world.app, world.process().app, world.process().app].map((app) => codes({ ...world, app }, plan)),
    )
    expect(new Set(all)).toEqual(new Set(['executing']))
    expect(await world.app.runs(9)).toHaveLength(1)
    await Promise.all((await world.app.executing()).map(({ runId }) => world.app.work(runId, forever)))
    expect(world.directory.arrived).toHaveLength(3)
  })

  it('that is missing is a usage error, and so is work on a missing run', async () => {
    const { app } = worldOf([])
    await expect(app.approve({ planId: 'nowhere', fingerprint: 'f' }, by)).rejects.toThrow(UsageError)
    await expect(app.work('nowhere' as never, forever)).rejects.toThrow(UsageError)
    await expect(app.planFile(policy(), by)).rejects.toThrow('There is no snapshot yet')
  })
})

describe('planning', () => {
  it('changes nothing, even when repeated', async () => {
    const world = worldOf(inactiveUsers(3))
    const first = await syncAndPlan(world)
    const second = (await world.app.planFile(policy(), by)).plan
    expect(world.directory.calls('apply')).toBe(0)
    expect([second.actions, second.excluded, second.population]).toEqual([
      first.actions,
      first.excluded,
      first.population,
    ])
    expect(await world.app.runs(9)).toEqual([])
  })

  it('makes no plan without the protected list', async () => {
    const world = worldOf(inactiveUsers(3))
    await world.app.sync(by)
    Object.assign(world.ports.store, { protections: () => Promise.reject(new Error('corrupt')) })
    await expect(world.app.planFile(policy(), by)).rejects.toThrow('corrupt')
    expect(await world.app.plans(9)).toEqual([])
  })

  it('excludes the requester', async () => {
    const world = worldOf(inactiveUsers(2))
    const { app } = world.process(undefined, { requesters: ['inactive-0' as never] })
    const plan = await syncAndPlan({ app })
    expect(plan.actions.map((one) => one.accountId)).toEqual(['inactive-1'])
    expect(viewExcluded(plan.excluded).byReason['is the requester']).toBe(1)
  })

  it('names the existing products when a product is missing', async () => {
    const world = worldOf(inactiveUsers(1))
    await world.app.sync(by)
    await expect(world.app.planFile(policy({ scope: { site, product: 'jira-sevicedesk' } }), by)).rejects.toThrow(
      'Acme has no "jira-sevicedesk" on acme.atlassian.net; it has Jira (acme), Confluence (acme).',
    )
  })

  it('excludes hand-picked accounts where needed, and counts the whole organization as the population', async () => {
    const world = memoryWorld(
      organization([...inactiveUsers(1), person('bot', { name: 'Jenkins Bot' }), ...activeUsers(60)]),
    )
    await world.app.sync(by)
    const accounts = ['inactive-0', 'inactive-0', 'bot', 'admin-1', 'nobody']
    const { plan, refusals } = await world.app.planPicked({ action: 'suspend-access', accounts }, by)
    expect(plan.actions.map((one) => [one.accountId, one.reason])).toEqual([['inactive-0', 'picked one by one']])
    expect(viewExcluded(plan.excluded)).toMatchObject({
      total: 3,
      byReason: { admin: 1, 'likely service account': 1, 'not in the snapshot': 1 },
    })
    expect([plan.population, refusals]).toEqual([64, []])
  })

  it('counts only accounts with access as the population when it removes access, matched or picked', async () => {
    const gone = Array.from({ length: 40 }, (_, n) =>
      person(`gone-${n}`, n % 2 ? { accountStatus: 'inactive' } : { memberships: [[mainDirectory, 'suspended']] }),
    )
    const world = worldOf([...inactiveUsers(2), ...gone])
    const plan = await syncAndPlan(world, { scope: 'organization', actions: ['suspend-access'] })
    expect([plan.population, plan.actions.length + plan.excluded.total]).toEqual([64, 104])
    const picked = (action: string) => world.app.planPicked({ action, accounts: ['inactive-0'] } as never, by)
    expect((await picked('suspend-access')).plan.population).toBe(64)
    expect((await picked('restore-access')).plan.population).toBe(104)
  })

  it('refuses conditions on a missing group, and looks up each group once', async () => {
    const world = worldOf(inactiveUsers(2))
    await world.app.sync(by)
    const conditions = (...names: readonly string[]) => ({
      all: [{ 'inactive-for': '90d' }, ...names.map((name) => ({ any: [{ not: { 'in-group': name } }] }))],
    })
    const before = world.directory.calls('groupsNamed')
    const known = policy({ conditions: conditions('contractors-keep', 'contractors-keep') })
    expect((await world.app.planFile(known, by)).plan.actions).toHaveLength(2)
    expect(world.directory.calls('groupsNamed') - before).toBe(1)
    const mistyped = policy({ conditions: conditions('contractors-keep', 'contractor-keep') })
    await expect(world.app.planFile(mistyped, by)).rejects.toThrow(
      new UsageError('Acme has no group "contractor-keep". Correct the name in the policy\'s conditions.'),
    )
    expect(await world.app.plans(9)).toHaveLength(1)
  })

  it.each([
    ['no account', { action: 'suspend-access', accounts: [] }],
    ['an invalid account id', { action: 'suspend-access', accounts: ['mia@acme.example'] }],
    ['a site without a product', { action: 'suspend-access', accounts: ['a'], site }],
    ['a product action without a product', { action: 'revoke-product-access', accounts: ['a'] }],
    ['a group action without a group', { action: 'add-to-group', accounts: ['a'] }],
    ['an unknown action', { action: 'delete-account', accounts: ['a'] }],
  ])('refuses to pick %s', async (_what, request) => {
    const world = worldOf([])
    await world.app.sync(by)
    await expect(world.app.planPicked(request as never, by)).rejects.toThrow(UsageError)
  })
})
