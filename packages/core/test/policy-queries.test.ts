// Queries: policy cards, policy drafts, attention items, refusals and the audit log.

import { describe, expect, it } from 'vitest'
import { day, formatInstant, hour, minute, viewExcluded } from '../src/index.js'
import { person, policy, run, site } from '../src/testing/index.js'
import { asRunId, by, forever, syncAndPlan, inactiveUsers, approveAndRun, worldOf } from './flow.js'

const document = {
  name: 'Free unused seats',
  scope: { site, product: 'jira-software' },
  conditions: { all: [{ 'inactive-for': '90d' }] },
  actions: ['revoke-product-access'],
  schedule: { every: '1 week', on: 'monday', at: '07:00', timeZone: 'Europe/Berlin' },
}

/** Imports the policy, previews it, enables it and runs its plan. */
async function importAndRun({ app }: ReturnType<typeof worldOf>) {
  const stored = policy({ ...document, approval: 'required' })
  await app.importPolicy(stored, by)
  await app.sync(by)
  const { plan } = await app.planStored(stored.name, by)
  await app.enablePolicy(stored.name, by)
  return { stored, runId: (await approveAndRun(app, plan)).runId }
}

describe('a policy card', () => {
  it('describes its policy in words, with the next occurrence and the newest run', async () => {
    const world = worldOf(inactiveUsers(2))
    const { stored, runId } = await importAndRun(world)
    const [card] = await world.app.policyCards()
    expect(card).toMatchObject({
      name: stored.name,
      enabled: true,
      previewed: true,
      next: '2026-11-30T06:00:00.000Z',
      says: { what: 'revoke Jira (acme)', who: 'inactive for 90 days or more' },
      lastRun: { runId },
    })
    expect(card?.document).toMatchObject({ conditions: document.conditions })
    // An undo does not count as a run of the policy.
    await approveAndRun(world.app, (await world.app.planUndo(runId, by)).plan)
    expect((await world.app.policyCards())[0]?.lastRun?.runId).toBe(runId)
  })

  it('shows the newest run of its policy, however many other runs came later', async () => {
    const world = worldOf(inactiveUsers(2))
    const stored = policy({ ...document, approval: 'required' })
    await world.app.importPolicy(stored, by)
    await world.app.importPolicy(policy({ ...document, name: 'Never ran' }), by)
    await world.app.sync(by)
    const { plan } = await world.app.planStored(stored.name, by)
    await world.app.enablePolicy(stored.name, by)
    const { runId } = await approveAndRun(world.app, plan)
    for (let n = 0; n < 40; n += 1) {
      world.system.advance(1)
      await world.ports.store.insertRun(
        run(`other-${n}`, `plan-${n}`, { startedAt: world.app.now(), policy: 'Another' }),
      )
      const undo = { startedAt: world.app.now(), policy: stored.name, undoOf: asRunId(runId) }
      await world.ports.store.insertRun(run(`undo-${n}`, `undo-plan-${n}`, { ...undo, status: 'finished' }))
      const waits = { startedAt: world.app.now(), policy: stored.name, status: 'quarantined' as const }
      await world.ports.store.insertRun(run(`waits-${n}`, `waiting-plan-${n}`, waits))
    }
    const cards = await world.app.policyCards()
    expect(cards.map(({ name, lastRun }) => [name, lastRun?.runId])).toEqual([
      [stored.name, runId],
      ['Never ran', undefined],
    ])
  })

  it('reports the problems of a draft with their paths', async () => {
    const { problems, review } = await worldOf([]).app.reviewPolicy({ ...document, conditions: { idle: 1 } })
    expect(problems[0]).toMatchObject({ path: ['conditions', 'idle'] })
    expect(review).toBeNull()
  })

  it('shows the next five occurrences of a draft, in its time zone and without non-working days', async () => {
    const daily = { ...document, schedule: { every: '1 day', at: '07:00', timeZone: 'Europe/Berlin' } }
    const required = await worldOf([]).app.reviewPolicy({ ...daily, approval: 'required' })
    expect(required.review?.next).toEqual([25, 26, 27, 28, 29].map((date) => `2026-11-${date}T06:00:00.000Z`))
    const automatic = await worldOf([]).app.reviewPolicy({ ...daily, approval: 'automatic' })
    expect(automatic.review?.next.map((at) => at.slice(0, 10))).toEqual([
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
      '2026-11-30',
      '2026-12-01',
    ])
  })

  it('counts the accounts that a draft would change, as its plan does, and stores nothing', async () => {
    const world = worldOf([...inactiveUsers(3), person('bot', { name: 'Jenkins Bot' })])
    await world.app.sync(by)
    const trial = await world.app.tryPolicy(document)
    const { plan } = await world.app.planFile(policy(document), by)
    expect(trial).toMatchObject({
      matched: plan.actions.length,
      spared: viewExcluded(plan.excluded),
      population: plan.population,
    })
    expect((await world.app.plans(10)).length).toBe(1)
  })
})

describe('attention', () => {
  it('is empty while nothing is wrong', async () => {
    const world = worldOf(inactiveUsers(1))
    await world.app.sync(by)
    expect(await world.app.attention()).toEqual([])
  })

  it('lists a blocked plan and an old snapshot', async () => {
    const world = worldOf(inactiveUsers(30))
    const plan = await syncAndPlan(world, document)
    await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    world.system.advance(2 * day)
    const found = await world.app.attention()
    expect(found.map(({ kind }) => kind)).toEqual(['quarantined', 'data'])
    expect(found[0]?.message).toBe(
      '"Free unused seats" for 30 accounts is blocked and is too old to approve: discard it.',
    )
  })
})

describe('the refusals of a plan', () => {
  const codesOf = async ({ app }: ReturnType<typeof worldOf>, planId: string) => [
    (await app.planSummary(planId)).refusals.map(({ code }) => code),
    (await app.showPlan(planId)).refusals.map(({ code }) => code),
    (await app.overview()).latestPlan?.refusals.map(({ code }) => code),
  ]

  it('are empty after its run, however old the plan gets', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world, { limits: { take: 1 } })
    await approveAndRun(world.app, plan)
    world.system.advance(3 * day)
    expect(await codesOf(world, plan.planId)).toEqual([[], [], []])
  })

  it('include its age and that of its snapshot until somebody approves it', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world, { limits: { take: 1 } })
    world.system.advance(3 * day)
    const expired = ['snapshot-stale', 'plan-expired']
    for (const codes of await codesOf(world, plan.planId)) expect(codes).toEqual(expect.arrayContaining(expired))
  })

  it('of a stopped run are only those that would block a resume', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world, { limits: { take: 1, snapshotAge: 1 } })
    const approved = await world.app.approve(
      { planId: plan.planId, fingerprint: plan.fingerprint, accepted: ['not-previewed'] },
      by,
    )
    await world.app.stop(by)
    if ('run' in approved) await world.app.work(approved.run.runId, forever)
    await world.app.resume(by)
    world.system.advance(2 * hour)
    expect((await world.app.runStatus('run' in approved ? approved.run.runId : '')).status).toBe('stopped')
    expect(await codesOf(world, plan.planId)).toEqual([[], [], []])
  })
})

describe('activity', () => {
  it('counts every active account once: by days, as never active, or as unknown', async () => {
    const world = worldOf([
      ...inactiveUsers(2),
      person('new', { used: [] }),
      person('odd', { used: [['ari:cloud:jira-software::site/1' as never, { kind: 'unknown', why: 'no answer' }]] }),
    ])
    await world.app.sync(by)
    const { people, days, never, unknown } = await world.app.activity()
    const dated = days.reduce((sum, { count }) => sum + count, 0)
    expect([people, dated, never, unknown]).toEqual([66, 64, 1, 1])
    expect(days.map(({ ago }) => ago)).toEqual(expect.arrayContaining([1, 299, 300]))
  })
})

it('counts the same accounts as the list behind the chart, apps included', async () => {
  const world = worldOf([
    ...inactiveUsers(2),
    { ...person('app', { name: 'Importer', inactiveDays: 300 }), accountType: 'app' },
    person('never', { used: [] }),
  ])
  await world.app.sync(by)
  const { people, days, neverFor } = await world.app.activity()
  const inactive = [...days, ...neverFor].reduce((sum, { ago, count }) => (ago >= 90 ? sum + count : sum), 0)
  const total = async (filter: object) => (await world.app.accounts({ status: 'active', ...filter })).total
  expect([people, inactive]).toEqual([await total({}), await total({ inactiveFor: '90d' })])
})

it('counts activity once for a snapshot, and again for the next one', async () => {
  const world = worldOf(inactiveUsers(2))
  await world.app.sync(by)
  const first = await world.app.activity()
  expect(await world.process().app.activity()).toEqual(first)
  await world.app.sync(by)
  expect((await world.app.activity()).snapshotId).not.toBe(first.snapshotId)
})

describe('the audit log', () => {
  it('starts with the newest entry, and shows all entries of a run and its plan', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world, document)
    const { runId } = await approveAndRun(world.app, plan)
    const trail = await world.app.searchAudit({ runId, limit: 100 })
    const events = trail.entries.map(({ fact }) => fact.event).toReversed()
    expect(events[0]).toBe('planned')
    expect(trail.entries.every(({ fact }) => fact.runId === runId || fact.planId === plan.planId)).toBe(true)
    expect((await world.app.searchAudit({ limit: 1 })).entries[0]?.index).toBe(trail.head)
  })

  it('finds all entries of a policy, its plans and its runs, even after the policy was deleted', async () => {
    const world = worldOf(inactiveUsers(2))
    const { stored, runId } = await importAndRun(world)
    await approveAndRun(world.app, await syncAndPlan(world, { ...document, name: 'Another one' }))
    await world.app.deletePolicy(stored.name, by)
    const { entries } = await world.app.searchAudit({ policy: stored.name.toUpperCase(), limit: 200 })
    const events = new Set(entries.map(({ fact }) => fact.event))
    for (const event of [
      'policy-imported',
      'planned',
      'policy-enabled',
      'approved',
      'intent',
      'result',
      'run-finished',
    ])
      expect([event, events.has(event)]).toEqual([event, true])
    expect(entries[0]?.fact.event).toBe('policy-deleted')
    const runs = new Set(entries.flatMap(({ fact }) => fact.runId ?? []))
    expect([...runs]).toEqual([runId])
    for (const policy of ['no such policy', stored.name.slice(0, -1)])
      expect((await world.app.searchAudit({ policy, limit: 9 })).entries).toEqual([])
  })

  it('distinguishes a policy from a copy whose name begins with the same words', async () => {
    const world = worldOf(inactiveUsers(2))
    const name = 'Weekly cleanup'
    await world.app.importPolicy(policy({ ...document, name }), by)
    await world.app.importPolicy(policy({ ...document, name: `${name} (copy)` }), by)
    await world.app.sync(by)
    const { plan } = await world.app.planStored(name, by)
    const copied = await world.app.planStored(`${name} (copy)`, by)
    const found = async (wanted: string) =>
      (await world.app.searchAudit({ policy: wanted, limit: 200 })).entries.map(({ fact }) => [fact.event, fact.planId])
    expect(await found('weekly CLEANUP')).toEqual([
      ['planned', plan.planId],
      ['policy-imported', undefined],
    ])
    expect(await found(`${name} (copy)`)).toEqual([
      ['planned', copied.plan.planId],
      ['policy-imported', undefined],
    ])
  })

  it('can be searched by account, actor and date, in pages', async () => {
    const world = worldOf(inactiveUsers(2))
    await approveAndRun(world.app, await syncAndPlan(world, document))
    const about = await world.app.searchAudit({ subject: 'inactive-1', limit: 100 })
    expect(about.entries.length).toBeGreaterThan(0)
    expect((await world.app.searchAudit({ actor: 'nobody', limit: 100 })).entries).toEqual([])
    expect((await world.app.searchAudit({ from: world.system.now() + day, limit: 100 })).entries).toEqual([])
    const seen: number[] = []
    for (let before: number | undefined; ;) {
      const page = await world.app.searchAudit({ limit: 2, ...(before === undefined ? {} : { before }) })
      seen.push(...page.entries.map(({ index }) => index))
      if (page.next === null) break
      before = page.next
    }
    const { head } = await world.app.searchAudit({ limit: 1 })
    expect(seen).toEqual(Array.from({ length: head }, (_, n) => head - n))
  })
})

it('lists limits with their bounds, automatic protections with their reasons, and seats for each snapshot', async () => {
  const world = worldOf([person('bot', { name: 'Jenkins Bot' })], { limits: {} })
  await world.app.sync(by)
  const { limits } = await world.app.listLimits()
  expect(limits.find(({ name }) => name === 'accounts')).toMatchObject({ value: 50, least: 1, most: 100_000 })
  expect(await world.app.automaticProtections({ limit: 9 })).toMatchObject({
    total: 3,
    accounts: [
      { accountId: 'admin-1', because: 'organization admin' },
      { accountId: 'admin-2' },
      { accountId: 'bot', because: expect.stringContaining('likely service account') },
    ],
  })
  expect(await world.app.seatHistory()).toHaveLength(1)
  expect(await world.app.syncProgress()).toBeNull()
})

it('shows an unfinished sync to every process until no process can continue it', async () => {
  const world = worldOf(inactiveUsers(2))
  world.directory.fail({ operation: 'readAccounts', at: 1, code: 'unauthorized' })
  await expect(world.app.sync(by)).rejects.toThrow('fault')
  const { roll } = await world.process().app.overview()
  expect(roll).toMatchObject({ accounts: 0, expected: 64, movedAt: formatInstant(world.app.now()) })
  expect(await world.app.syncProgress()).toEqual(roll)
  world.system.advance(61 * minute)
  expect((await world.app.overview()).roll).toBeNull()
})
