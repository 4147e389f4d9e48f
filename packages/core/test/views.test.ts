// Views: what a page shows of plans, runs and people says the same as the plans and runs themselves.

import { describe, expect, it } from 'vitest'
import { progressOf } from '../src/run-progress.js'
import { accountId, person, run, site, step, testNow } from '../src/testing/index.js'
import { by, forever, planned, quiet, ran, worldOf } from './flow.js'

const cleanup = { scope: { site, product: 'jira-software' }, actions: ['revoke-product-access'] }
const open = () => worldOf([...quiet(3), person('kept', { name: 'Kay Kept', quietFor: 400 })])

describe('a plan', () => {
  it('lists whom it touches and whom it spares, each once, and the reasons add up to those of the plan', async () => {
    const world = open()
    await world.app.sync(by)
    await world.app.protect({ subject: 'kept', reason: 'on leave' }, by)
    const plan = await planned(world, cleanup)
    const touched = await world.app.planPage(plan.planId, { part: 'touched', limit: 100 })
    expect(touched.people.map(({ accountId: id, reason, name }) => [id, reason, name])).toEqual(
      plan.actions.map(({ accountId: id, reason }) => [id, reason, `Person ${id}`]),
    )
    const reasons = new Map<string, number>()
    for (let after: string | undefined; ;) {
      const page = await world.app.planPage(plan.planId, { part: 'spared', limit: 20, ...(after ? { after } : {}) })
      for (const { reason } of page.people) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      if (page.next === null) break
      after = page.next
    }
    expect(Object.fromEntries(reasons)).toEqual(plan.spared.byReason)
  })

  it('is found in by name, and by one reason', async () => {
    const world = open()
    await world.app.sync(by)
    await world.app.protect({ subject: 'kept', reason: 'on leave' }, by)
    const { planId } = await planned(world, cleanup)
    const touched = await world.app.planPage(planId, { part: 'touched', search: 'quiet-1', limit: 10 })
    expect(touched.people.map((one) => one.accountId)).toEqual(['quiet-1'])
    const reason = 'protected list (kept: on leave)'
    const spared = await world.app.planPage(planId, { part: 'spared', reason, limit: 10 })
    expect(spared.people.map((one) => [one.name, one.reason])).toEqual([['Kay Kept', reason]])
  })

  it('of picked accounts names those that it spares', async () => {
    const world = worldOf([...quiet(2), person('bot', { name: 'Jenkins Bot' })])
    await world.app.sync(by)
    const { plan } = await world.app.planPicked({ action: 'suspend-access', accounts: ['quiet-0', 'bot', 'gone'] }, by)
    const { people } = await world.app.planPage(plan.planId, { part: 'spared', limit: 10 })
    expect(people.map((one) => [one.accountId, one.reason])).toEqual([
      ['bot', 'likely service account'],
      ['gone', 'not in the snapshot'],
    ])
  })

  it('says how many seats it frees of every product that the accounts hold', async () => {
    const world = worldOf(quiet(3))
    await world.app.sync(by)
    const { plan } = await world.app.planPicked({ action: 'suspend-access', accounts: ['quiet-0', 'quiet-1'] }, by)
    const summary = await world.app.planSummary(plan.planId)
    expect(summary.frees).toEqual([{ site, product: 'jira-software', seats: 2 }])
    expect(summary.kinds).toEqual([expect.objectContaining({ action: 'suspend-access', takes: true, accounts: 2 })])
  })

  it('says of each refusal whether a person may accept it', async () => {
    const world = worldOf(quiet(30))
    const { planId } = await planned(world, cleanup)
    const { refusals } = await world.app.planSummary(planId)
    const said = Object.fromEntries(refusals.map(({ code, acceptable }) => [code, acceptable]))
    expect(said).toMatchObject({ 'too-many': true, 'over-ceiling': false })
  })

  it('made for a filter is the plan of everybody whom it matches', async () => {
    const world = worldOf(quiet(3))
    await world.app.sync(by)
    const wish = { action: 'suspend-access', matching: { search: 'quiet' } } as const
    const { plan } = await world.app.planMatching(wish, by)
    expect(plan.actions.map((one) => one.accountId)).toEqual(['quiet-0', 'quiet-1', 'quiet-2'])
  })
})

describe('a run', () => {
  it('lists every planned action once, with what became of it', async () => {
    const world = open()
    const plan = await planned(world, cleanup)
    const { runId } = await ran(world.app, plan)
    const { people, total } = await world.app.runPage(runId, { limit: 100 })
    expect([people.length, total]).toEqual([plan.actions.length, plan.actions.length])
    expect(new Set(people.map(({ state }) => state))).toEqual(new Set(['applied']))
    expect((await world.app.runPage(runId, { state: 'failed', limit: 100 })).people).toEqual([])
  })

  it('that rests says until when, and has no rate before anything has ended', async () => {
    const world = open()
    const { planId, fingerprint } = await planned(world, cleanup)
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

  it('is measured over the last minutes, and tells the time left by it', () => {
    const steps = [ended(60_000, 0), ended(30_000, 1), ended(1_000, 2)]
    expect(progressOf(executing, steps, 9, at)).toEqual({ perMinute: 3, secondsLeft: 120, waits: null })
  })

  it.each([
    ['nothing has moved for ten seconds', [ended(10_000, 0)], {}, /Nothing has moved for 10 seconds/],
    ['it has only begun to wait', [ended(9_999, 0)], {}, null],
    ['it rests', [ended(1_000, 0)], { restUntil: at + 1 }, /It rests until/],
    ['its rest is over', [ended(1_000, 0)], { restUntil: at }, null],
  ] as const)('says what it waits for when %s', (_, steps, changes, said) => {
    const { waits } = progressOf({ ...executing, ...changes }, steps, 9, at)
    if (said === null) expect(waits).toBeNull()
    else expect(waits).toMatch(said)
  })

  it('ends with the run', () => {
    expect(progressOf({ ...executing, status: 'finished' }, [ended(60_000, 0)], 9, at).waits).toBeNull()
  })
})

describe('a person', () => {
  it('is shown with the groups that grant each seat, and with what was done through here', async () => {
    const world = open()
    const plan = await planned(world, cleanup)
    const { runId } = await ran(world.app, plan)
    const before = await world.app.account('busy-1')
    expect(before.products.map(({ product, grantedBy }) => [product, grantedBy.map(({ name }) => name)])).toEqual([
      ['jira-software', ['jira-users']],
    ])
    const after = await world.app.account(accountId('quiet-0'))
    expect(after.history).toMatchObject([{ runId, state: 'applied', action: 'revoke-product-access' }])
  })
})

it('plans that wait for a person come before all others', async () => {
  const world = worldOf(quiet(30))
  const plan = await planned(world, cleanup)
  const refused = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
  expect('refusals' in refused).toBe(true)
  await world.app.planPicked({ action: 'suspend-access', accounts: ['quiet-0'] }, by)
  const { waiting, others } = await world.app.planList(10)
  expect(waiting.map(({ planId, run }) => [planId, run?.status])).toEqual([[plan.planId, 'quarantined']])
  expect(others.map(({ run }) => run)).toEqual([null])
})
