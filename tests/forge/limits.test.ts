// The limits of the platform: a day of one installation stays below each of them. The test prints by how much.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Counts, Limits } from '@rollcall/forge-host'
import { planSeats, ask } from './app.js'
import { withoutForge } from './host.js'
import { everyTenthCall, playLargeOrganization } from './large-organization.js'
import { allowances, limitUsage } from './limit-usage.js'
import { openForgeWorld } from './world.js'

const hour = 3_600_000
/** The limits of features that the app does not use. */
const unused: readonly (keyof Limits)[] = [
  ...(['kvsTransactionItems', 'kvsTransactionBytes', 'kvsBatchItems', 'kvsBatchBytes'] as const),
  ...(['kvsBatchSetsPerMinute', 'kvsPage', 'retries', 'retryDataBytes', 'retriedBytes'] as const),
  // The app logs nothing while all goes well.
  ...(['logLinesPerRuntimeMinute', 'logBytes'] as const),
]

/** A day: connecting, a sync, a run, its undo, visits of the page, and twenty-four ticks. */
async function playDay() {
  const world = await openForgeWorld({ users: 2500, now: new Date().toISOString() })
  try {
    const { app, host } = world
    await app.sync('mia')
    const { plan } = await planSeats(app, world.simulator, { take: 25 })
    const approved = await app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, 'mia')
    if (!('run' in approved)) throw new Error('refused')
    await app.work(approved.run.runId, { until: 0 })
    await app.planUndo(approved.run.runId, 'mia')
    await ask(host, 'overview')
    for (const sort of ['accountId', 'name', 'lastActive']) await ask(host, 'accounts', { query: { sort, limit: 200 } })
    for await (const _ of app.audit()) continue
    for (let passed = 0; passed < 24; passed += 1) {
      host.advance(hour)
      await host.tick()
      await host.idle()
    }
    return { counts: host.counts(), limits: host.limits }
  } finally {
    await world.close()
  }
}

describe.skipIf(withoutForge)('inside Jira', () => {
  let counts: Counts
  let limits: Limits
  let faultyRun: ReturnType<typeof playLargeOrganization>
  beforeAll(async () => {
    // Both mostly wait, so they play at the same time, each in its own installation.
    faultyRun = playLargeOrganization(1500, 20, everyTenthCall, () => undefined)
    faultyRun.catch(() => undefined)
    ;({ counts, limits } = await playDay())
    for (const line of limitUsage(counts, limits)) console.log(line)
  }, 300_000)
  afterAll(() => faultyRun.then(() => undefined))

  it('a day with 2,500 accounts reaches no limit', () => {
    expect(counts.refused).toEqual({})
  })

  it('the app uses at most nine tenths of each limit that concerns it', () => {
    for (const name of allowances(limits).filter((one) => !unused.includes(one))) {
      expect(counts.most, name).toHaveProperty(name)
      expect([name, (counts.most[name] ?? 0) / limits[name]]).toSatisfy(([, part]: [string, number]) => part < 0.9)
    }
    for (const name of unused) expect(counts.most, name).not.toHaveProperty(name)
  })

  it('a large run with a fault in every tenth call changes every planned account exactly once', async () => {
    const { outcome, counts: used } = await faultyRun
    expect(outcome).toMatchObject({ read: outcome.accounts, complete: true, status: 'finished', applied: 20 })
    expect(outcome).toMatchObject({ twice: 0, incomplete: 0, unplanned: 0, verified: true })
    for (const kind of ['rate-limited', 'error', 'cut', 'time-out', 'duplicate'])
      expect(used.faults, kind).toHaveProperty(kind)
  }, 600_000)
})
