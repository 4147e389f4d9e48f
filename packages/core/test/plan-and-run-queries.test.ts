// Plan and run queries: the pages show the same content as the plans and runs themselves.

import { describe, expect, it } from 'vitest'
import { progressOf } from '../src/queries/run-progress.js'
import { noteThrottle, throttledUntil } from '../src/run/throttle.js'
import { accountId, memoryStore, person, run, site, step, testNow } from '../src/testing/index.js'
import { by, forever, syncAndPlan, inactiveUsers, approveAndRun, worldOf } from './flow.js'

const cleanup = { scope: { site, product: 'jira-software' }, actions: ['revoke-product-access'] }
const open = () => worldOf([...inactiveUsers(3), person('kept', { name: 'Kay Kept', inactiveDays: 400 })])

describe('a plan', () => {
  it('lists every changed and excluded account once, with reasons that add up to those of the plan', async () => {
    const world = open()
    await world.app.sync(by)
    await world.app.protect({ subject: 'kept', reason: 'on leave' }, by)
    const plan = await syncAndPlan(world, cleanup)
    const changed = await world.app.planAccounts(plan.planId, { part: 'changed', limit: 100 })
    expect(changed.people.map(({ accountId: id, reason, name }) => [id, reason, name])).toEqual(
      plan.actions.map(({ accountId: id, reason }) => [id, reason, `Person ${id}`]),
    )
    const reasons = new Map<string | null, number>()
    for (let after: string | undefined; ;) {
      const page = await world.app.planAccounts(plan.planId, {
        part: 'excluded',
        limit: 20,
        ...(after ? { after } : {}),
      })
      for (const { code } of page.people) reasons.set(code, (reasons.get(code) ?? 0) + 1)
      if (page.next === null) break
      after = page.next
    }
    expect(Object.fromEntries(reasons)).toEqual(
      Object.fromEntries(plan.excluded.reasons.map(({ code, accounts }) => [code, accounts])),
    )
  })

  it('can be searched by name and filtered by reason', async () => {
    const world = open()
    await world.app.sync(by)
    await world.app.protect({ subject: 'kept', reason: 'on leave' }, by)
    const { planId } = await syncAndPlan(world, cleanup)
    const changed = await world.app.planAccounts(planId, { part: 'changed', search: 'inactive-1', limit: 10 })
    expect(changed.people.map((one) => one.accountId)).toEqual(['inactive-1'])
    const text = 'protected list (kept: on leave)'
    for (const reason of ['protected', 'protected list', text]) {
      const { people } = await world.app.planAccounts(planId, { part: 'excluded', reason, limit: 10 })
      expect(people.map((one) => [one.name, one.code, one.reason])).toEqual([['Kay Kept', 'protected', text]])
    }
  })

  it('of picked accounts lists the excluded ones', async () => {
    const world = worldOf([...inactiveUsers(2), person('bot', { name: 'Jenkins Bot' })])
    await world.app.sync(by)
    const { plan } = await world.app.planPicked(
      { action: 'suspend-access', accounts: ['inactive-0', 'bot', 'gone'] },
      by,
    )
    const { people } = await world.app.planAccounts(plan.planId, { part: 'excluded', limit: 10 })
    expect(people.map((one) => [one.accountId, one.code, one.reason])).toEqual([
      ['bot', 'likely-service-account', expect.stringContaining('can say so on the protected list')],
      ['gone', 'not-in-snapshot', 'not in the snapshot'],
    ])
    const missing = await world.app.planAccounts(plan.planId, {
      part: 'excluded',
      reason: 'not-in-snapshot',
      limit: 10,
    })
    expect(missing.people.map((one) => one.accountId)).toEqual(['gone'])
  })

  it('shows the number of seats that it frees in every product', async () => {
    const world = worldOf(inactiveUsers(3))
    await world.app.sync(by)
    const { plan } = await world.app.planPicked(
      { action: 'suspend-access', accounts: ['inactive-0', 'inactive-1'] },
      by,
    )
    const summary = await world.app.planSummary(plan.planId)
    expect(summary.frees).toEqual([{ site, product: 'jira-software', seats: 2 }])
    expect(summary.kinds).toEqual([expect.objectContaining({ action: 'suspend-access', takes: true, accounts: 2 })])
  })

  it('shows for each refusal whether a person may accept it', async () => {
    const world = worldOf(inactiveUsers(30))
    const { planId } = await syncAndPlan(world, cleanup)
    const { refusals } = await world.app.planSummary(planId)
    const acceptability = Object.fromEntries(refusals.map(({ code, acceptable }) => [code, acceptable]))
    expect(acceptability).toMatchObject({ 'too-many': true, 'over-ceiling': false })
  })

  it('says which decision is open: none is possible beyond a hard limit, and none after the run', async () => {
    const decisionOf = async (count: number, approved: boolean) => {
      const world = worldOf(inactiveUsers(count))
      const plan = await syncAndPlan(world, cleanup)
      if (approved) await approveAndRun(world.app, plan)
      const { decision, mayApprove, mayDiscard } = await world.app.planSummary(plan.planId)
      return { decision, mayApprove, mayDiscard }
    }
    expect(await decisionOf(3, false)).toEqual({ decision: 'approve', mayApprove: true, mayDiscard: true })
    expect(await decisionOf(30, false)).toEqual({ decision: 'approve', mayApprove: false, mayDiscard: true })
    expect(await decisionOf(3, true)).toEqual({ decision: null, mayApprove: false, mayDiscard: false })
  })

  it('made for a filter contains every account that the filter matches', async () => {
    const world = worldOf(inactiveUsers(3))
    await world.app.sync(by)
    const request = { action: 'suspend-access', matching: { search: 'inactive' } } as const
    const { plan } = await world.app.planMatching(request, by)
    expect(plan.actions.map((one) => one.accountId)).toEqual(['inactive-0', 'inactive-1', 'inactive-2'])
  })
})

describe('a run', () => {
  it('lists every planned action once, with its result', async () => {
    const world = open()
    const plan = await syncAndPlan(world, cleanup)
    const { runId } = await approveAndRun(world.app, plan)
    const { people, total } = await world.app.runPage(runId, { limit: 100 })
    expect([people.length, total]).toEqual([plan.actions.length, plan.actions.length])
    expect(new Set(people.map(({ state }) => state))).toEqual(new Set(['applied']))
    expect((await world.app.runPage(runId, { state: 'failed', limit: 100 })).people).toEqual([])
  })

  it('shows no rate before a step has ended', async () => {
    const world = open()
    const { planId, fingerprint } = await syncAndPlan(world, cleanup)
    const approved = await world.app.approve({ planId, fingerprint }, by)
    if ('refusals' in approved) throw new Error('refused')
    const progress = await world.app.runProgress(approved.run.runId)
    expect(progress).toMatchObject({ status: 'executing', perMinute: null, secondsLeft: null, waits: null })
    await world.app.work(approved.run.runId, forever)
    expect(await world.app.runProgress(approved.run.runId)).toMatchObject({ status: 'finished', perMinute: null })
  })
})

describe('the progress of a run', () => {
  const at = testNow
  const executing = run('run-1', 'plan-1', { status: 'executing', startedAt: at - 60_000 })
  const ended = (ago: number, position: number) =>
    step('run-1', position, { state: 'applied', intentAt: at - ago, endedAt: at - ago })
  const lease = { token: 1, owner: 'worker', until: at + 60_000 }
  const around = { lease, others: [] }
  const [minutes, seconds] = [60_000, 1_000]

  it('measures the rate over the last minutes of work, and estimates the time left', () => {
    const steps = [49, 29, 9].map((ago, position) => ended(ago * seconds, position))
    expect(progressOf(executing, steps, 9, around, at)).toEqual({ perMinute: 3, secondsLeft: 120, waits: null })
  })

  it('ignores pauses, and work that is more than five minutes of work ago', () => {
    const slow = Array.from({ length: 9 }, (_, n) => ended(100 * minutes + n * 50 * seconds, n))
    const canary = [0, 1, 2, 3].map((n) => ended(3 * minutes + n * 20 * seconds, 10 + n))
    const after = [0, 1, 2].map((n) => ended(n * 20 * seconds, 20 + n))
    expect(progressOf(executing, [...canary, ...after], 100, around, at).perMinute).toBe(3)
    const last = Array.from({ length: 31 }, (_, n) => ended(n * 10 * seconds, 30 + n))
    expect(progressOf(executing, [...slow, ...last], 100, around, at).perMinute).toBe(6)
  })

  it('shows a rate during the canary pause, and adds the pause to the time left', () => {
    const steps = [0, 1, 2].map((n) => ended(20 * minutes + n * 20 * seconds, n))
    const paused = progressOf({ ...executing, restUntil: at + 10 * minutes }, steps, 9, around, at)
    expect(paused).toMatchObject({ perMinute: 3, secondsLeft: 120 + 600 })
  })

  it('shows the end of the canary pause as a timestamp, apart from the sentence', () => {
    const { waits } = progressOf({ ...executing, restUntil: at + 1 }, [ended(1_000, 0)], 9, around, at)
    expect(waits).toMatchObject({ kind: 'rest', until: new Date(at + 1).toISOString() })
    expect(waits?.sentence).not.toMatch(/\d/)
  })

  it('shows at once, and no longer than needed, until when Atlassian throttles requests', async () => {
    const recent = [ended(1_000, 0)]
    const throttled = progressOf(executing, recent, 9, { ...around, throttled: at + 1 }, at)
    expect(throttled.waits).toMatchObject({ kind: 'throttled', until: new Date(at + 1).toISOString() })
    expect(progressOf(executing, recent, 9, { ...around, throttled: at }, at).waits).toBeNull()
    const store = memoryStore()
    expect(await throttledUntil({ store }, at)).toBeUndefined()
    await noteThrottle({ store })(at + 1)
    expect([await throttledUntil({ store }, at), await throttledUntil({ store }, at + 1)]).toEqual([at + 1, undefined])
    const full = { ...store, putSetting: () => Promise.reject(new Error('the disk is full')) }
    await expect(noteThrottle({ store: full })(at + 9)).resolves.toBeUndefined()
  })

  const another = run('run-2', 'plan-2')
  it.each([
    ['a response', { lease, others: [] }, 'answer', /No progress for 10 seconds: Atlassian responds late/],
    ['the end of an undo', { lease, others: [{ ...another, undoOf: another.runId }] }, 'turn', /an undo goes first/],
    ['its turn', { lease, others: [another] }, 'turn', /runs go one after another/],
    ['a process', { lease: undefined, others: [] }, 'nobody', /no process works on this run/],
    [
      'a process that let its lease expire',
      { lease: { ...lease, until: at }, others: [] },
      'silent',
      /does not respond/,
    ],
  ] as const)('says that the run waits for %s, after ten seconds without progress', (_, known, kind, text) => {
    const { waits } = progressOf(executing, [ended(10_000, 0)], 9, known, at)
    expect(waits).toEqual({ kind, sentence: expect.stringMatching(text), until: null })
    expect(progressOf(executing, [ended(9_999, 0)], 9, known, at).waits).toBeNull()
  })

  it.each([
    ['its canary pause has ended', { restUntil: at - 9_999 }],
    ['a person has approved or resumed it', { approvedAt: at - 9_999 }],
  ])('counts a standstill only from the moment when %s', (_, changes) => {
    expect(progressOf({ ...executing, ...changes }, [ended(30_000, 0)], 9, around, at).waits).toBeNull()
  })

  it('follows from the lease, and does not blame Atlassian while no process works', async () => {
    const world = worldOf(inactiveUsers(3))
    const { planId, fingerprint } = await syncAndPlan(world, cleanup)
    const approved = await world.app.approve({ planId, fingerprint }, by)
    if ('refusals' in approved) throw new Error('refused')
    world.system.advance(minutes)
    const { runId } = approved.run
    expect((await world.app.runProgress(runId)).waits?.kind).toBe('nobody')
    const now = world.app.now()
    await world.ports.store.claimLease('somebody', now, now + minutes)
    expect((await world.app.runProgress(runId)).waits?.kind).toBe('answer')
  })

  it('of a resumed run does not count the time when it was stopped', async () => {
    const world = worldOf(inactiveUsers(3), { faults: [{ operation: 'apply', at: 2, code: 'unauthorized' }] })
    const plan = await syncAndPlan(world, cleanup)
    const { runId, status } = await approveAndRun(world.app, plan)
    world.system.advance(60 * minutes)
    await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    const resumed = await world.app.runProgress(runId)
    expect([status, resumed.status, resumed.waits]).toEqual(['stopped', 'executing', null])
  })

  it('ends with the run', () => {
    const over = progressOf({ ...executing, status: 'finished' }, [ended(60_000, 0)], 9, around, at)
    expect(over).toEqual({ perMinute: null, secondsLeft: null, waits: null })
  })
})

describe('the account page', () => {
  it("shows the groups that grant each seat, and the account's history in Rollcall", async () => {
    const world = open()
    const plan = await syncAndPlan(world, cleanup)
    const { runId } = await approveAndRun(world.app, plan)
    const before = await world.app.account('busy-1')
    expect(before.products.map(({ product, grantedBy }) => [product, grantedBy.map(({ name }) => name)])).toEqual([
      ['jira-software', ['jira-users']],
    ])
    const after = await world.app.account(accountId('inactive-0'))
    expect(after.history).toMatchObject([{ runId, state: 'applied', action: 'revoke-product-access' }])
  })
})

it('lists plans that need approval before all others', async () => {
  const world = worldOf(inactiveUsers(30))
  const plan = await syncAndPlan(world, cleanup)
  const refused = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
  expect('refusals' in refused).toBe(true)
  await world.app.planPicked({ action: 'suspend-access', accounts: ['inactive-0'] }, by)
  const { waiting, others } = await world.app.planList({ limit: 10 })
  expect(waiting.map(({ planId, run }) => [planId, run?.status])).toEqual([[plan.planId, 'quarantined']])
  expect(others.map(({ run }) => run)).toEqual([null])
})

it('lists plans and runs in pages, each once, and filters runs by policy or status', async () => {
  const world = worldOf(inactiveUsers(2))
  const { policy, runId } = await approveAndRun(world.app, await syncAndPlan(world, cleanup))
  for (let n = 0; n < 5; n += 1) {
    world.system.advance(1)
    await world.app.planPicked({ action: 'suspend-access', accounts: ['busy-1'] }, by)
    const more = run(`run-${n}`, `plan-${n}`, { startedAt: world.app.now(), status: n < 2 ? 'stopped' : 'quarantined' })
    await world.ports.store.insertRun(more)
  }
  const [plans, runs] = [[] as string[], [] as string[]]
  for (let after: string | undefined; ;) {
    const page = await world.app.planList({ limit: 4, ...(after ? { after } : {}) })
    plans.push(...page.others.map(({ planId }) => planId))
    if (page.next === null) break
    after = page.next
  }
  expect(plans).toEqual((await world.app.plans(9)).map(({ planId }) => planId))
  expect(plans).toHaveLength(6)
  for (let after: string | undefined; ;) {
    const page = await world.app.runList({ limit: 2, ...(after ? { after } : {}) })
    runs.push(...page.runs.map((one) => one.runId))
    if (page.next === null) break
    after = page.next
  }
  expect(runs).toEqual(['run-1', 'run-0', runId])
  const found = async (filter: object) =>
    (await world.app.runList({ limit: 9, ...filter })).runs.map((one) => one.runId)
  expect(await found({ status: 'stopped' })).toEqual(['run-1', 'run-0'])
  expect(await found({ policy })).toEqual([runId])
})
