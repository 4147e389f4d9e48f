// The limits of the platform: a day of one installation stays below each of them, and says how far.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Counts, Limits } from '@rollcall/forge-host'
import { actingOf, ask } from './app.js'
import { withoutForge } from './host.js'
import { everyTenthCall, playLarge } from './large.js'
import { allowances, nearness } from './nearness.js'
import { openForgeWorld } from './world.js'

const hour = 3_600_000
/** What the app has no use for, so that nothing of it is used. */
const unused: readonly (keyof Limits)[] = [
  ...(['kvsTransactionItems', 'kvsTransactionBytes', 'kvsBatchItems', 'kvsBatchBytes'] as const),
  ...(['kvsBatchSetsPerMinute', 'kvsPage', 'retries', 'retryDataBytes', 'retriedBytes'] as const),
  // No line is written while all goes well.
  ...(['logLinesPerRuntimeMinute', 'logBytes'] as const),
]

/** A day: connecting, the roll, a run, its undo, the page looked at, and twenty-four ticks. */
async function playDay() {
  const world = await openForgeWorld({ users: 2500, now: new Date().toISOString() })
  try {
    const { app, host } = world
    await app.sync('mia')
    const { plan } = await actingOf(app, world.simulator, { take: 25 })
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
  beforeAll(async () => {
    ;({ counts, limits } = await playDay())
    for (const line of nearness(counts, limits)) console.log(line)
  }, 300_000)
  afterAll(() => undefined)

  it('a day of 2,500 people is refused nothing by any limit', () => {
    expect(counts.refused).toEqual({})
  })

  it('each limit that the app has to do with is used, and no more than nine tenths of it', () => {
    for (const name of allowances(limits).filter((one) => !unused.includes(one))) {
      expect(counts.most, name).toHaveProperty(name)
      // One event in a push is the only whole number that is all of nothing.
      expect([name, (counts.most[name] ?? 0) / limits[name]]).toSatisfy(([, share]: [string, number]) => share < 0.9)
    }
    for (const name of unused) expect(counts.most, name).not.toHaveProperty(name)
  })

  it('a large run with a fault in every tenth call changes nobody twice and forgets nobody', async () => {
    const { outcome, counts: used } = await playLarge(1500, 20, everyTenthCall, () => undefined)
    expect(outcome).toMatchObject({ read: outcome.people, complete: true, status: 'finished', applied: 20 })
    expect(outcome).toMatchObject({ twice: 0, forgotten: 0, others: 0, verified: true })
    for (const kind of ['rate-limited', 'error', 'cut', 'time-out', 'duplicate'])
      expect(used.faults, kind).toHaveProperty(kind)
  }, 600_000)
})
