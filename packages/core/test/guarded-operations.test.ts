// Guarded operations: this file lists every operation of the app. Only work and tick change accounts, and they execute
// only approved plans, so no path bypasses the guard.

import { describe, expect, it } from 'vitest'
import { actionIds, type App, actions, type Change, minute, type PickedRequest, type Plan } from '../src/index.js'
import { inverseOf } from '../src/model/change.js'
import { type MemoryWorld, person, policy, site } from '../src/testing/index.js'
import { by, daily, factsOf, forever, syncAndPlan, inactiveUsers, approveAndRun, stateOf, worldOf } from './flow.js'

type Operation = keyof App
/** What the calls below use: a plan that nobody has approved, a finished run, and the clock. */
interface Given {
  readonly plan: Plan
  readonly runId: string
  readonly world: MemoryWorld
}
/** Operations that never change an account. The test below calls each of them. */
const harmless: Readonly<Partial<Record<Operation, (app: App, given: Given) => unknown>>> = {
  sync: (app) => app.sync(by),
  accounts: (app) => app.accounts({}),
  requests: (app) => app.requests(),
  licenses: (app) => app.licenses(),
  policies: (app) => app.policies(),
  policy: (app) => app.policy('Stored'),
  importPolicy: (app) => app.importPolicy(policy({ name: 'Stored', schedule: daily, approval: 'automatic' }), by),
  enablePolicy: (app) => app.enablePolicy('Stored', by),
  disablePolicy: (app) => app.disablePolicy('Stored', by),
  planStored: (app) => app.planStored('Stored', by),
  planFile: (app) => app.planFile(policy(), by),
  planPicked: (app) => app.planPicked({ action: 'suspend-access', accounts: ['inactive-0'] }, by),
  planMatching: (app) => app.planMatching({ action: 'suspend-access', matching: { search: 'inactive' } }, by),
  planUndo: (app, { runId }) => app.planUndo(runId, by),
  planGiveBack: (app, { runId }) => app.planGiveBack({ runId, accounts: ['inactive-0'] }, by),
  async exclude(app) {
    const picked = { action: 'suspend-access', accounts: ['inactive-1', 'inactive-2'] } as const
    const { plan } = await app.planPicked({ ...picked, accounts: [...picked.accounts] }, by)
    return app.exclude(plan.planId, { accounts: ['inactive-2'] }, by)
  },
  showPlan: (app, { plan: { planId } }) => app.showPlan(planId),
  plans: (app) => app.plans(9),
  async approve(app, { plan: { planId, fingerprint } }) {
    expect(await app.approve({ planId, fingerprint }, by)).toMatchObject({ run: { status: 'executing' } })
  },
  waiting: (app) => app.waiting(),
  runs: (app) => app.runs(9),
  runStatus: (app, { runId }) => app.runStatus(runId),
  results: (app, { runId }) => app.results(runId),
  executing: (app) => app.executing(),
  async fireDue(app, { world }) {
    await app.enablePolicy('Stored', by)
    world.system.advance(61 * minute)
    expect(await app.fireDue(by)).toMatchObject([{ status: 'executing' }])
  },
  async cancel(app) {
    const [executing] = await app.executing()
    return app.cancel(executing?.runId ?? '', by)
  },
  savedFilters: (app) => app.savedFilters(),
  saveFilter: (app) => app.saveFilter({ name: 'Inactive', filter: { inactiveFor: '90d' } }, by),
  removeFilter: (app) => app.removeFilter('Inactive', by),
  protections: (app) => app.protections(),
  protect: (app) => app.protect({ subject: 'inactive-1', reason: 'on leave' }, by),
  protectSeveral: (app) => app.protectSeveral(['inactive-1', 'nobody'], { reason: 'on leave' }, by),
  unprotect: (app) => app.unprotect('inactive-1', by),
  confirmedPeople: (app) => app.confirmedPeople(),
  confirmPerson: (app) => app.confirmPerson('bot', 'a person', by),
  unconfirmPerson: (app) => app.unconfirmPerson('bot', '', by),
  vetoes: (app) => app.vetoes(),
  liftVeto: (app) => app.liftVeto('inactive-0', by),
  limits: (app) => app.limits(),
  setLimits: (app) => app.setLimits({ percent: 4 }, by),
  audit: (app) => factsOf(app),
  auditPage: (app) => app.auditPage(0, 9),
  auditHead: (app) => app.auditHead(),
  checkpoint: (app) => app.checkpoint(),
  checkpoints: (app) => app.checkpoints(),
  signingKey: (app) => app.signingKey(),
  keepAudit: (app) => app.keepAudit(by),
  retention: (app) => app.retention(),
  setRetention: (app) => app.setRetention(400, by),
  erasePerson: (app) => app.erasePerson('inactive-2', by),
  namesOf: (app) => app.namesOf([]),
  nonWorkingDays: (app) => app.nonWorkingDays(),
  setNonWorkingDays: (app) => app.setNonWorkingDays({ weekdays: ['saturday'], holidays: [] }, by),
  verifyAudit: (app) => app.verifyAudit(),
  overview: (app) => app.overview(),
  account: (app) => app.account('inactive-0'),
  attention: (app) => app.attention(),
  activity: (app) => app.activity(),
  seatHistory: (app) => app.seatHistory(),
  syncProgress: (app) => app.syncProgress(),
  planList: (app) => app.planList({ limit: 9 }),
  runList: (app) => app.runList({ limit: 9 }),
  planSummary: (app, { plan: { planId } }) => app.planSummary(planId),
  planAccounts: (app, { plan: { planId } }) => app.planAccounts(planId, { part: 'excluded', limit: 9 }),
  runProgress: (app, { runId }) => app.runProgress(runId),
  runPage: (app, { runId }) => app.runPage(runId, { limit: 9 }),
  policyCards: (app) => app.policyCards(),
  reviewPolicy: (app) => app.reviewPolicy({}),
  tryPolicy: (app) =>
    app.tryPolicy({ name: 'Tried', scope: 'organization', conditions: { managed: true }, actions: ['suspend-access'] }),
  keys: (app) => app.keys(),
  setKeyExpiry: (app) => app.setKeyExpiry({ read: '2030-01-31' }, by),
  checkKeys: (app) => app.checkKeys(by),
  deleteKeyRecords: (app) => app.deleteKeyRecords(),
  recordNewKeys: (app) => app.recordNewKeys({}, by),
  listLimits: (app) => app.listLimits(),
  listNonWorkingDays: (app) => app.listNonWorkingDays(),
  automaticProtections: (app) => app.automaticProtections({ limit: 9 }),
  protectionList: (app) => app.protectionList({ limit: 9 }),
  coveredProtections: (app) => app.coveredProtections(),
  searchAudit: (app) => app.searchAudit({ limit: 9 }),
  discard: async (app) => app.discard((await app.planFile(policy(), by)).plan.planId, by),
  deletePolicy: (app) => app.deletePolicy('Stored', by),
  reconcile: (app) => app.reconcile(by),
  acceptBaseline: (app) => app.acceptBaseline(by),
  nextTick: (app) => app.nextTick(true),
  now: async (app) => app.now(),
  stop: (app) => app.stop(by),
  resume: (app) => app.resume(by),
}
/** Operations that change accounts, and only by an approved plan. */
const changing: readonly Operation[] = ['work', 'tick']

it('lists every operation of the app', () => {
  expect([...Object.keys(harmless), ...changing].toSorted()).toEqual(Object.keys(worldOf([]).app).toSorted())
})

it('no operation but work and tick ever changes an account or sends a change', async () => {
  const world = worldOf([...inactiveUsers(3), person('bot', { name: 'Jenkins Bot' })])
  const { runId } = await approveAndRun(world.app, await syncAndPlan(world, { limits: { take: 1 } }))
  world.organization.people.get('inactive-0')?.groups.add('group-jira-users')
  await world.app.sync(by)
  await world.app.importPolicy(policy({ name: 'Stored' }), by)
  const { plan } = await world.app.planFile(policy(), by)
  const [before, sent] = [stateOf(world), world.directory.calls('apply')]
  for (const [name, call] of Object.entries(harmless)) {
    await call(world.app, { plan, runId, world })
    expect([name, stateOf(world), world.directory.calls('apply')]).toEqual([name, before, sent])
  }
})

type PlanSource = (app: App) => Promise<{ readonly plan: { readonly planId: string; readonly fingerprint: string } }>
const pickedIds = ['inactive-0', 'inactive-1', 'inactive-2', 'inactive-3']
const picked = (request: Omit<PickedRequest, 'accounts'>): PlanSource => {
  return (app) => app.planPicked({ ...request, accounts: pickedIds }, by)
}
const jira = { site, product: 'jira-software' }
/** Every way to make a plan, except undo. */
const planSources: Readonly<Record<string, PlanSource>> = {
  'a stored policy': async (app) => {
    await app.importPolicy(policy({ name: 'Stored', limits: { percent: 20 } }), by)
    await app.enablePolicy('Stored', by)
    return app.planStored('Stored', by)
  },
  'a policy file': (app) => app.planFile(policy({ limits: { percent: 20 } }), by),
  ...Object.fromEntries(
    actionIds
      .filter((action) => actions[action].removesAccess)
      .map((action) => [
        `accounts picked for ${action}`,
        picked({
          action,
          ...(actions[action].needs === 'product' ? jira : {}),
          ...(actions[action].needs === 'group' ? { group: 'jira-users' } : {}),
        }),
      ]),
  ),
}

describe.each(Object.entries(planSources))('a plan from %s', (_name, makePlan) => {
  const open = async () => {
    const world = worldOf(inactiveUsers(4))
    await world.app.setLimits({ percent: 20 }, by)
    await world.app.sync(by)
    const { planId, fingerprint } = (await makePlan(world.app)).plan
    return { world, approve: (print = fingerprint) => world.app.approve({ planId, fingerprint: print }, by) }
  }

  it.each<[string, (app: App) => unknown, string]>([
    ['the stop switch is on', (app) => app.stop(by), 'stopped'],
    [
      'the protected list has changed',
      (app) => app.protect({ subject: 'inactive-0', reason: 'x' }, by),
      'protected-list-changed',
    ],
    ['the limits have changed', (app) => app.setLimits({ percent: 1 }, by), 'limits-changed'],
  ])('is blocked when %s', async (_what, change, name) => {
    const { world, approve } = await open()
    await change(world.app)
    const response = await approve()
    expect('refusals' in response ? response.refusals.map((one) => one.cause ?? one.code) : []).toContain(name)
    expect(world.directory.calls('apply')).toBe(0)
  })

  it('is blocked without its own fingerprint', async () => {
    const { approve } = await open()
    expect(await approve('another')).toMatchObject({
      refusals: [{ code: 'fingerprint-mismatch', cause: 'approval-for-another-plan' }],
    })
  })

  it('counts toward the weekly budget that all plans share', async () => {
    const { world, approve } = await open()
    await world.app.setLimits({ budget: 5 }, by)
    const again = (await makePlan(world.app)).plan
    const response = await world.app.approve({ planId: again.planId, fingerprint: again.fingerprint }, by)
    expect('refusals' in response ? response.refusals.map(({ code }) => code) : []).toContain('over-budget')
    expect('refusals' in (await approve())).toBe(true)
  })

  it('skips accounts that were active after the plan was made', async () => {
    const { world, approve } = await open()
    for (const id of pickedIds)
      world.organization.people.get(id)?.used.set('ari:cloud:jira-software::site/1' as never, {
        kind: 'at',
        at: world.system.now(),
      })
    const response = await approve()
    if (!('run' in response)) throw new Error(response.refusals.map(({ message }) => message).join(' '))
    await world.app.work(response.run.runId, forever)
    expect((await world.app.runStatus(response.run.runId)).counts).toMatchObject({ applied: 0, skipped: 4 })
    expect(world.directory.calls('apply')).toBe(0)
  })
})

/** Every kind of change. The compiler asks for a new kind here. */
const kinds: Readonly<Record<Change['kind'], true>> = {
  suspend: true,
  restore: true,
  'add-to-group': true,
  'remove-from-group': true,
  deactivate: true,
  activate: true,
}

it('no action removes an account from a directory or deletes it: every kind of change has a reverse', () => {
  for (const kind of Object.keys(kinds)) {
    const reverse = inverseOf({ kind } as Change)
    expect(Object.keys(kinds)).toContain(reverse.kind)
    expect(reverse.kind).not.toBe(kind)
    expect(inverseOf(reverse).kind).toBe(kind)
  }
})
