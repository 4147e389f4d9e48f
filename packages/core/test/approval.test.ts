// Approval: it points at one plan's fingerprint; whatever has changed since refuses, and nothing is changed.

import { describe, expect, it } from 'vitest'
import { acceptableCodes, day, hour, minute, type Plan, refusalCodes, UsageError, viewExcluded } from '../src/index.js'
import { mainDirectory, memoryWorld, organization, person, policy, run, site } from '../src/testing/index.js'
import { by, crowd, factsOf, forever, planned, quiet, ran, worldOf } from './flow.js'

type World = ReturnType<typeof worldOf>
async function codes(
  { app }: World,
  { planId, fingerprint }: Plan,
  accepted: readonly (typeof refusalCodes)[number][] = [],
) {
  const approved = await app.approve({ planId, fingerprint, accepted: [...accepted] }, by)
  return 'refusals' in approved ? approved.refusals.map(({ code }) => code) : approved.run.status
}

describe('a plan is refused when after it was made', () => {
  it.each<[string, string, (world: World, plan: Plan) => unknown]>([
    [
      'somebody was protected',
      'fingerprint-mismatch',
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
      'fingerprint-mismatch',
      ({ ports: { store } }, plan) =>
        Object.assign(store, { plan: () => Promise.resolve({ ...plan, actions: plan.actions.slice(1) }) }),
    ],
    [
      'its snapshot was lost',
      'snapshot-incomplete',
      ({ ports: { store } }) => Object.assign(store, { snapshot: () => Promise.resolve(undefined) }),
    ],
  ])('%s', async (_what, code, change) => {
    const world = worldOf(quiet(2))
    const plan = await planned(world)
    await change(world, plan)
    expect(await codes(world, plan, acceptableCodes)).toContain(code)
    expect(world.directory.calls('apply')).toBe(0)
    expect((await world.app.runs(9)).map(({ status }) => status)).toEqual(['quarantined'])
  })

  it('its policy was changed, disabled or deleted', async () => {
    const world = worldOf(quiet(2))
    await world.app.importPolicy(policy(), by)
    await world.app.enablePolicy(policy().name, by)
    await world.app.sync(by)
    const { plan } = await world.app.planStored(policy().name, by)
    await world.app.disablePolicy(policy().name, by)
    expect(await codes(world, plan)).toEqual(['policy-disabled'])
    await world.app.importPolicy(policy({ limits: { percent: 20, accounts: 99 } }), by)
    expect(await codes(world, plan)).toEqual(['fingerprint-mismatch', 'policy-disabled'])
    await world.app.deletePolicy(policy().name, by)
    expect(await codes(world, plan)).toEqual(['policy-disabled'])
  })

  it('the approval was given to another fingerprint', async () => {
    const world = worldOf(quiet(2))
    const plan = await planned(world)
    expect(await codes(world, { ...plan, fingerprint: 'f'.repeat(64) })).toEqual(['fingerprint-mismatch'])
  })

  it('another organization was connected', async () => {
    const world = worldOf(quiet(2))
    const plan = await planned(world)
    const { app } = world.process(undefined, { organizationId: 'org-2' as never })
    expect(await codes({ ...world, app }, plan)).toContain('wrong-organization')
  })
})

/** Replaces the stored plan by one that leaves somebody out. */
const alter = ({ ports: { store } }: World, plan: Plan) =>
  Object.assign(store, { plan: () => Promise.resolve({ ...plan, actions: plan.actions.slice(1) }) })

/** A run of a stored policy that stops at its second account. */
async function stoppedRun() {
  const world = worldOf(quiet(3), { faults: [{ operation: 'apply', at: 2, code: 'unauthorized' }] })
  await world.app.importPolicy(policy(), by)
  await world.app.enablePolicy(policy().name, by)
  await world.app.sync(by)
  const { plan } = await world.app.planStored(policy().name, by)
  expect((await ran(world.app, plan)).status).toBe('stopped')
  return { world, plan, sent: world.directory.calls('apply') }
}

describe('a run that stopped', () => {
  it.each<[string, string, (world: World, plan: Plan) => unknown]>([
    ['its plan was altered', 'fingerprint-mismatch', alter],
    [
      'somebody was protected',
      'fingerprint-mismatch',
      ({ app }) => app.protect({ subject: 'busy-1', reason: 'board' }, by),
    ],
    [
      'its policy has changed',
      'fingerprint-mismatch',
      ({ app }) => app.importPolicy(policy({ limits: { percent: 20, accounts: 99 } }), by),
    ],
    ['its policy was disabled', 'policy-disabled', ({ app }) => app.disablePolicy(policy().name, by)],
    ['its policy was deleted', 'policy-disabled', ({ app }) => app.deletePolicy(policy().name, by)],
    ['its plan is older than a day', 'plan-expired', ({ system }) => system.advance(day + 1)],
  ])('is not resumed when %s meanwhile', async (_what, code, change) => {
    const { world, plan, sent } = await stoppedRun()
    await change(world, plan)
    expect(await codes(world, plan, acceptableCodes)).toContain(code)
    expect((await factsOf(world.app)).at(-1)).toMatchObject({ event: 'refused', planId: plan.planId })
    expect([await world.app.executing(), world.directory.calls('apply')]).toEqual([[], sent])
  })

  it('is resumed when nothing has changed', async () => {
    const { world, plan } = await stoppedRun()
    expect((await ran(world.app, plan)).counts.applied).toBe(3)
  })
})

describe('a run that was cut off', () => {
  it('goes on with nothing once its plan was altered: it is stopped, and approving it again is refused', async () => {
    const world = worldOf(quiet(3))
    const plan = await planned(world)
    expect(await codes(world, plan)).toBe('executing')
    const [begun] = await world.app.executing()
    alter(world, plan)
    expect(await codes(world, plan)).toEqual(['fingerprint-mismatch'])
    expect(await world.app.work(begun?.runId as never, forever)).toMatchObject({
      status: 'stopped',
      stopReason: 'The stored plan was altered after it was made.',
    })
    expect((await factsOf(world.app)).at(-1)).toMatchObject({
      event: 'run-stopped',
      details: { codes: ['fingerprint-mismatch'] },
    })
    expect(await codes(world, plan)).toEqual(['fingerprint-mismatch'])
    expect(world.directory.calls('apply')).toBe(0)
  })

  it('goes on when the protected list has changed, and spares those who are protected by now', async () => {
    const world = worldOf(quiet(3), { onChange: () => world.system.advance(minute) })
    const plan = await planned(world)
    await codes(world, plan)
    const [run] = await world.app.executing()
    await world.app.work(run?.runId as never, { until: world.system.now() + 1 })
    expect(world.directory.arrived).toHaveLength(1)
    await world.app.protect({ subject: 'quiet-1', reason: 'board' }, by)
    expect((await ran(world.app, plan)).counts).toMatchObject({ applied: 2, skipped: 1 })
  })

  it('does not begin when the protected list has changed since it was approved', async () => {
    const world = worldOf(quiet(3))
    const plan = await planned(world)
    await codes(world, plan)
    await world.app.protect({ subject: 'quiet-1', reason: 'board' }, by)
    const stopped = await ran(world.app, plan)
    expect([stopped.status, stopped.counts.applied]).toEqual(['stopped', 0])
    expect(stopped.stopReason).toContain('The protected list has changed since the plan was made')
  })
})

describe('a refusal', () => {
  it('is told to the audit log, with its codes', async () => {
    const world = worldOf(quiet(2))
    const plan = await planned(world)
    await world.app.stop(by)
    await codes(world, plan)
    expect((await factsOf(world.app)).at(-1)).toMatchObject({
      event: 'refused',
      planId: plan.planId,
      details: { codes: ['stopped'] },
    })
  })

  it('that may be accepted is accepted by its name, and the audit log and the run say so', async () => {
    const world = worldOf(quiet(5))
    const plan = await planned(world, { limits: { accounts: 2 } })
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
    const world = worldOf(quiet(2))
    const plan = await planned(world)
    await expect(codes(world, plan, [code])).rejects.toThrow(UsageError)
  })
})

describe('the budget of seven days', () => {
  it('counts what other runs have begun, over all policies, and frees it after a week', async () => {
    const world = worldOf(quiet(9))
    await ran(world.app, await planned(world, { limits: { take: 4 } }))
    world.system.advance(hour)
    const next = await planned(world, { name: 'Another', limits: { take: 4, percent: 20 } })
    expect(await codes(world, next)).toEqual(['over-budget'])
    world.system.advance(7 * day)
    expect(await codes(world, await planned(world, { limits: { take: 4, percent: 20 } }))).toBe('executing')
  })

  it('counts what an approved run is still going to do: of two plans approved at once, one waits', async () => {
    const world = worldOf(quiet(9))
    const first = await planned(world, { limits: { take: 4, percent: 20 } })
    const second = (await world.app.planFile(policy({ name: 'Another', limits: { take: 5, percent: 20 } }), by)).plan
    expect(await codes(world, first)).toBe('executing')
    expect(await codes(world, second)).toEqual(['over-budget'])
  })

  it.each([
    ['from three processes', (world: World, n: number) => (n === 0 ? world.app : world.process().app)],
    ['from one process', (world: World) => world.app],
  ])('lets only one of three plans run that are approved at the same time %s', async (_where, appOf) => {
    const world = worldOf(quiet(9))
    await world.app.sync(by)
    const plans: Plan[] = []
    for (const name of ['One', 'Two', 'Three'])
      plans.push((await world.app.planFile(policy({ name, limits: { take: 4, percent: 20 } }), by)).plan)
    const answers = await Promise.all(plans.map((plan, n) => codes({ ...world, app: appOf(world, n) }, plan)))
    expect(answers.filter((answer) => answer === 'executing')).toHaveLength(1)
    expect(answers.filter((answer) => String(answer) === 'over-budget')).toHaveLength(2)
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

  it('holds when two runs were begun by processes that died before they could look again', async () => {
    const world = worldOf(quiet(9))
    const first = await planned(world, { limits: { take: 4, percent: 20 } })
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

  it('holds when a run is resumed: what others have charged since counts, unless a person accepts it', async () => {
    const world = worldOf(quiet(9), { faults: [{ operation: 'apply', at: 2, code: 'unauthorized' }] })
    const first = await planned(world, { limits: { take: 4, percent: 20 } })
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

  it('is all that is asked for anew: a plan tells what is left of it, and what was accepted for its run stays so', async () => {
    const world = worldOf(quiet(9), { faults: [{ operation: 'apply', at: 2, code: 'unauthorized' }] })
    const first = await planned(world, { limits: { take: 4, accounts: 3, percent: 20 } })
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
    // The page asks for what core asks for, and for no less.
    const asked = (await world.app.planSummary(first.planId)).refusals.map(({ code }) => code)
    expect(asked).toEqual(['over-budget'])
    expect(await codes(world, first)).toEqual(asked)
    expect(await codes(world, first, ['over-budget'])).toBe('executing')
    expect((await world.app.planSummary(first.planId)).run?.accepted.toSorted()).toEqual(['over-budget', 'too-many'])
  })

  it('lets a run be resumed as long as there is room, and does not count what the run itself has done twice', async () => {
    const world = worldOf(quiet(6), { faults: [{ operation: 'apply', at: 4, code: 'unauthorized' }] })
    const plan = await planned(world, { limits: { take: 6, percent: 20 } })
    expect(await codes(world, plan)).toBe('executing')
    await world.app.work((await world.app.executing())[0]?.runId as never, forever)
    expect((await world.app.runs(1))[0]?.status).toBe('stopped')
    expect(await codes(world, plan)).toBe('executing')
    await world.app.work((await world.app.executing())[0]?.runId as never, forever)
    expect((await world.app.runs(1))[0]).toMatchObject({ status: 'finished', counts: { applied: 6 } })
  })

  it('is not refunded when a step was spared or failed after its intent', async () => {
    const world = worldOf(quiet(9), { faults: [{ operation: 'apply', at: 1, code: 'seat-limit', times: 4 }] })
    const ended = await ran(world.app, await planned(world, { limits: { take: 4 } }))
    expect(ended.counts.failed).toBe(4)
    expect(await codes(world, await planned(world, { limits: { take: 4, percent: 20 } }))).toEqual(['over-budget'])
  })
})

describe('one plan', () => {
  it('makes one run, whoever approves it and how often', async () => {
    const world = worldOf(quiet(3))
    const plan = await planned(world)
    const all = await Promise.all(
      [world.app, world.process().app, world.process().app].map((app) => codes({ ...world, app }, plan)),
    )
    expect(new Set(all)).toEqual(new Set(['executing']))
    expect(await world.app.runs(9)).toHaveLength(1)
    await Promise.all((await world.app.executing()).map(({ runId }) => world.app.work(runId, forever)))
    expect(world.directory.arrived).toHaveLength(3)
  })

  it('that is not there is a usage error, as is work on a run that is not', async () => {
    const { app } = worldOf([])
    await expect(app.approve({ planId: 'nowhere', fingerprint: 'f' }, by)).rejects.toThrow(UsageError)
    await expect(app.work('nowhere' as never, forever)).rejects.toThrow(UsageError)
    await expect(app.planFile(policy(), by)).rejects.toThrow('There is no snapshot yet')
  })
})

describe('planning', () => {
  it('changes nothing, however often it is done', async () => {
    const world = worldOf(quiet(3))
    const first = await planned(world)
    const second = (await world.app.planFile(policy(), by)).plan
    expect(world.directory.calls('apply')).toBe(0)
    expect([second.actions, second.excluded, second.population]).toEqual([
      first.actions,
      first.excluded,
      first.population,
    ])
    expect(await world.app.runs(9)).toEqual([])
  })

  it('does nothing without the protected list', async () => {
    const world = worldOf(quiet(3))
    await world.app.sync(by)
    Object.assign(world.ports.store, { protections: () => Promise.reject(new Error('corrupt')) })
    await expect(world.app.planFile(policy(), by)).rejects.toThrow('corrupt')
    expect(await world.app.plans(9)).toEqual([])
  })

  it('excludes the requester', async () => {
    const world = worldOf(quiet(2))
    const { app } = world.process(undefined, { requesters: ['quiet-0' as never] })
    const plan = await planned({ app })
    expect(plan.actions.map((one) => one.accountId)).toEqual(['quiet-1'])
    expect(viewExcluded(plan.excluded).byReason['is the requester']).toBe(1)
  })

  it('names what there is when a product is not there', async () => {
    const world = worldOf(quiet(1))
    await world.app.sync(by)
    await expect(world.app.planFile(policy({ scope: { site, product: 'jira-sevicedesk' } }), by)).rejects.toThrow(
      'Acme has no jira-sevicedesk on acme.atlassian.net; it has jira-software on acme.atlassian.net, confluence on acme.atlassian.net.',
    )
  })

  it('judges accounts that were picked one by one, and measures them against everybody', async () => {
    const world = memoryWorld(organization([...quiet(1), person('bot', { name: 'Jenkins Bot' }), ...crowd(60)]))
    await world.app.sync(by)
    const accounts = ['quiet-0', 'quiet-0', 'bot', 'admin-1', 'nobody']
    const { plan, refusals } = await world.app.planPicked({ action: 'suspend-access', accounts }, by)
    expect(plan.actions.map((one) => [one.accountId, one.reason])).toEqual([['quiet-0', 'picked one by one']])
    expect(viewExcluded(plan.excluded)).toMatchObject({
      total: 3,
      byReason: { admin: 1, 'likely service account': 1, 'not in the snapshot': 1 },
    })
    expect([plan.population, refusals]).toEqual([64, []])
  })

  it('measures what it would take against those who hold access, whether found or picked', async () => {
    const gone = Array.from({ length: 40 }, (_, n) =>
      person(`gone-${n}`, n % 2 ? { accountStatus: 'inactive' } : { memberships: [[mainDirectory, 'suspended']] }),
    )
    const world = worldOf([...quiet(2), ...gone])
    const plan = await planned(world, { scope: 'organization', actions: ['suspend-access'] })
    expect([plan.population, plan.actions.length + plan.excluded.total]).toEqual([64, 104])
    const picked = (action: string) => world.app.planPicked({ action, accounts: ['quiet-0'] } as never, by)
    expect((await picked('suspend-access')).plan.population).toBe(64)
    expect((await picked('restore-access')).plan.population).toBe(104)
  })

  it('refuses conditions about a group that is not there, and asks about each group once', async () => {
    const world = worldOf(quiet(2))
    await world.app.sync(by)
    const conditions = (...names: readonly string[]) => ({
      all: [{ 'inactive-for': '90d' }, ...names.map((name) => ({ any: [{ not: { 'in-group': name } }] }))],
    })
    const asked = world.directory.calls('groupsNamed')
    const known = policy({ conditions: conditions('contractors-keep', 'contractors-keep') })
    expect((await world.app.planFile(known, by)).plan.actions).toHaveLength(2)
    expect(world.directory.calls('groupsNamed') - asked).toBe(1)
    const mistyped = policy({ conditions: conditions('contractors-keep', 'contractor-keep') })
    await expect(world.app.planFile(mistyped, by)).rejects.toThrow(
      new UsageError('Acme has no group "contractor-keep". Correct the name in the policy\'s conditions.'),
    )
    expect(await world.app.plans(9)).toHaveLength(1)
  })

  it.each([
    ['no account', { action: 'suspend-access', accounts: [] }],
    ['something that is no account id', { action: 'suspend-access', accounts: ['mia@acme.example'] }],
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
