// The watermark keeps the newest audit entry outside the database. So Rollcall detects a restored backup and changes nothing.

import { describe, expect, it } from 'vitest'
import {
  createApp,
  day,
  hour,
  minute,
  UsageError,
  type AuditEvent,
  type AuditFact,
  type AuditLog,
  type Mark,
} from '../src/index.js'
import {
  Crash,
  memoryAuditLog,
  memoryStore,
  memoryWatermark,
  memoryWorld,
  mortal,
  organization,
  policy,
  testNow,
} from '../src/testing/index.js'
import { by, syncAndPlan, inactiveUsers, stateOf, worldOf } from './flow.js'
import { findGap, requireMark, withWatermark } from '../src/audit/watermark.js'

const digest = async (text: string) =>
  `#${text.length}-${[...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1e9, 7)}`
const newLog = (): AuditLog => memoryAuditLog({ digest, newId: () => 'id' } as never, memoryStore())
const fact = (n: number, event: AuditEvent = 'planned'): AuditFact => ({
  at: testNow + n,
  actor: by,
  event,
  details: { n },
})

/** A log of the given length with its watermark, and a backup of the log with only its first entries. */
async function logs(length: number, kept: number) {
  const watermark = memoryWatermark()
  const [full, old] = [withWatermark({ auditLog: newLog(), watermark }), newLog()]
  for (let n = 1; n <= length; n += 1) {
    await full.append(fact(n, n % 2 === 0 ? 'intent' : 'result'))
    if (n <= kept) await old.append(fact(n, n % 2 === 0 ? 'intent' : 'result'))
  }
  return { watermark, full, old }
}

describe('the gap in the audit log', () => {
  it('is absent in a new database and in a complete one', async () => {
    expect(await findGap({ auditLog: newLog(), watermark: memoryWatermark() })).toBeUndefined()
    const { full, watermark } = await logs(9, 0)
    expect(await findGap({ auditLog: full, watermark })).toBeUndefined()
  })

  it('is found for a backup of any length, with the number of lost entries', async () => {
    for (let kept = 0; kept < 9; kept += 1) {
      const { old, watermark } = await logs(9, kept)
      expect(await findGap({ auditLog: old, watermark })).toEqual({ end: kept, lost: 9 - kept })
    }
  })

  it('stays the same, however many entries follow it', async () => {
    const { old, watermark } = await logs(9, 4)
    const restored = withWatermark({ auditLog: old, watermark })
    for (let n = 20; n < 40; n += 1) {
      await restored.append(fact(n))
      expect(await findGap({ auditLog: restored, watermark })).toEqual({ end: 4, lost: 5 })
    }
  })

  it('blocks every change, but not the audit log', async () => {
    const { old, watermark } = await logs(9, 4)
    const auditLog = withWatermark({ auditLog: old, watermark })
    await auditLog.append(fact(20, 'intent'))
    await expect(requireMark({ auditLog, watermark })).rejects.toThrow(
      /after entry 4 of its audit log, 5 more are missing/,
    )
  })

  it('is gone when the newest database is back, whatever the older one received in between', async () => {
    const { full, old, watermark } = await logs(9, 4)
    await withWatermark({ auditLog: old, watermark }).append(fact(20))
    expect(await findGap({ auditLog: full, watermark })).toBeUndefined()
    await full.append(fact(21))
    expect(await watermark.read()).toEqual({ index: 10, hash: (await full.head())?.hash })
  })

  it('to another log of at least that length has no size', async () => {
    const { watermark } = await logs(3, 0)
    const other = newLog()
    for (let n = 0; n < 30; n += 1) await other.append(fact(100 + n))
    expect(await findGap({ auditLog: other, watermark })).toEqual({ end: 30, lost: undefined })
  })

  it('has an unknown size when the watermark is missing or unreadable', async () => {
    const { full } = await logs(9, 0)
    expect(await findGap({ auditLog: full, watermark: memoryWatermark() })).toEqual({ end: 9, lost: undefined })
    const no = () => Promise.reject(new Error('no'))
    const watermark = { read: no, raise: no, replace: no }
    expect(await findGap({ auditLog: full, watermark })).toEqual({ end: 9, lost: undefined, unreadable: 'no' })
    const auditLog = withWatermark({ auditLog: full, watermark })
    expect((await auditLog.append(fact(11, 'stopped'))).fact.event).toBe('stopped')
    await expect(requireMark({ auditLog, watermark })).rejects.toThrow('no')
  })

  it('does not appear when two processes write at the same time, and the mark never goes back', async () => {
    const auditLog = newLog()
    const kept = memoryWatermark()
    let delayed: (() => Promise<void>)[] = []
    const watermark = {
      ...kept,
      // Marks are delayed and arrive in reverse, three at a time.
      async raise(to: Pick<Mark, 'index' | 'hash'>) {
        delayed = [() => kept.raise(to), ...delayed]
        if (delayed.length < 3 && to.index > 0) return
        for (const one of delayed) await one()
        delayed = []
      },
    }
    const [a, b] = [withWatermark({ auditLog, watermark }), withWatermark({ auditLog, watermark })]
    let highest = 0
    for (let n = 0; n < 30; n += 1) {
      await Promise.all([a.append(fact(n)), b.append(fact(n)), a.append(fact(n))])
      expect(await findGap({ auditLog, watermark })).toBeUndefined()
      const { index = 0 } = (await kept.read()) ?? {}
      expect(index).toBeGreaterThanOrEqual(highest)
      highest = index
    }
    expect(highest).toBeGreaterThan(80)
  })
})

describe('a change leaves only after the watermark covers its intent', () => {
  it('even when the watermark cannot be written at first', async () => {
    const world = worldOf(inactiveUsers(3))
    const made = await syncAndPlan(world)
    const { watermark } = world.ports
    const { raise } = watermark
    const approved = await world.app.approve({ planId: made.planId, fingerprint: made.fingerprint }, by)
    if ('refusals' in approved) throw new Error('refused')
    watermark.raise = () => Promise.reject(new UsageError('the mark cannot be written'))
    const before = stateOf(world)
    for (let tries = 0; tries < 4; tries += 1)
      await expect(world.app.work(approved.run.runId, { until: Infinity })).rejects.toThrow('cannot be written')
    expect(stateOf(world)).toEqual(before)
    watermark.raise = raise
    expect((await world.app.work(approved.run.runId, { until: Infinity }))?.status).toBe('finished')
  })

  it('even when processes are killed at any call', async () => {
    for (let at = 1; at <= 90; at += 1) {
      const world = worldOf(inactiveUsers(3))
      const made = await syncAndPlan(world)
      const before = stateOf(world)
      const approved = await world.app.approve({ planId: made.planId, fingerprint: made.fingerprint }, by)
      if ('refusals' in approved) throw new Error('refused')
      for (const dies of [at, 1 + ((at * 7) % 60), 1 + ((at * 13) % 60)]) {
        const when = (at + dies) % 2 === 0 ? ('before' as const) : ('after' as const)
        const { app } = world.process({ at: dies, when })
        await app.work(approved.run.runId, { until: Infinity }).catch(() => undefined)
        world.system.advance(3 * minute)
        const { index = 0 } = (await world.ports.watermark.read()) ?? {}
        const known = new Set(
          (await world.ports.auditLog.read(0, index)).map(({ fact: { event, subject } }) =>
            event === 'intent' ? subject : '',
          ),
        )
        const now = stateOf(world)
        for (const [id, state] of Object.entries(now))
          if (JSON.stringify(state) !== JSON.stringify(before[id])) expect(known.has(id), `${at} ${id}`).toBe(true)
      }
    }
  })
})

describe('reconciling', () => {
  const restoredWorld = async () => {
    const world = memoryWorld(organization())
    await world.app.importPolicy(policy(), by)
    await world.app.sync(by)
    await world.app.planStored(policy().name, by)
    const index = ((await world.app.auditHead())?.index ?? 0) + 7
    await world.ports.watermark.replace({ index, hash: 'lost' })
    return world
  }

  it('is the first item that needs attention until somebody does it', async () => {
    const world = await restoredWorld()
    const [first] = await world.app.attention()
    expect([first?.kind, first?.urgency]).toEqual(['database', 'urgent'])
    expect(first?.message).toMatch(/after entry \d+ of its audit log, 7 more are missing/)
    await world.app.reconcile(by)
    expect((await world.app.attention()).map(({ kind }) => kind)).not.toContain('database')
  })

  it('starts again from the beginning after a kill at any moment', async () => {
    let deaths = 0
    for (let at = 1; ; at += 1) {
      const world = await restoredWorld()
      const first = world.process({ at, when: at % 2 === 0 ? 'before' : 'after' })
      const done = await first.app.reconcile(by).then(
        () => true,
        (failure: unknown) => {
          if (failure instanceof Crash) return false
          throw failure
        },
      )
      if (done) break
      deaths += 1
      const { app, ports } = world
      const marked = (await findGap(ports)) === undefined
      const again = await app.reconcile(by)
      expect(again === undefined).toBe(marked)
      expect((await app.policy(policy().name)).previewedVersion).toBe('')
      expect((await app.planFile(policy(), by)).refusals.map(({ code }) => code)).not.toContain('database-older')
      expect((await app.verifyAudit()).ok).toBe(true)
    }
    expect(deaths).toBeGreaterThan(30)
  })

  /** The refusal codes for the newest plan from before a reconciliation. */
  async function refusalsOfEarlierPlan({ app, ports }: Awaited<ReturnType<typeof restoredWorld>>) {
    const [plan] = await ports.store.plans(1)
    if (plan === undefined) throw new Error('no plan')
    const { planId, fingerprint } = plan
    const response = await app.approve({ planId, fingerprint, accepted: [] }, by)
    return 'refusals' in response ? response.refusals.map(({ code }) => code) : []
  }

  it('is the next step of a blocked plan in the plan list and the overview, followed by a new plan', async () => {
    const world = await restoredWorld()
    const nextSteps = async () => {
      await refusalsOfEarlierPlan(world)
      const [{ waiting }, { latestPlan }] = [await world.app.planList({ limit: 25 }), await world.app.overview()]
      const listed = [...(waiting[0]?.refusals ?? []), ...(latestPlan?.refusals ?? [])]
      return listed.filter(({ code }) => code === 'database-older').map(({ cause, remedy }) => [cause, remedy])
    }
    expect(await nextSteps()).toEqual([
      [undefined, 'reconcile'],
      [undefined, 'reconcile'],
    ])
    world.system.advance(hour)
    await world.app.reconcile(by)
    expect(await nextSteps()).toEqual([
      ['plan-before-reconciliation', 'make-new-plan'],
      ['plan-before-reconciliation', 'make-new-plan'],
    ])
  })

  it('blocks every earlier plan, even when the clock is set back by hours at its end', async () => {
    const world = await restoredWorld()
    world.system.advance(hour)
    const { store } = world.ports
    const setBack: typeof store.setPolicyState = async (...given) => {
      await store.setPolicyState(...given)
      world.system.advance(-12 * hour)
    }
    const ports = { ...world.ports, store: { ...store, setPolicyState: setBack } }
    await createApp(ports, { organizationId: world.organization.organization.id, owner: by }).reconcile(by)
    world.system.advance(12 * hour)
    expect(await refusalsOfEarlierPlan(world)).toContain('database-older')
  })

  it('blocks every earlier plan, even when one read of the watermark fails', async () => {
    for (let failing = 1; failing <= 8; failing += 1) {
      const world = await restoredWorld()
      world.system.advance(hour)
      await world.app.reconcile(by)
      const { watermark } = world.ports
      const { read } = watermark
      let reads = 0
      watermark.read = () => ((reads += 1) === failing ? Promise.reject(new Error('busy')) : read())
      expect(await refusalsOfEarlierPlan(world), `read ${failing}`).toContain('database-older')
    }
  })

  it('charges what a backup has lost, even when two reads of the watermark fail', async () => {
    const pairs = Array.from({ length: 64 }, (_, n) => [1 + (n >> 3), 1 + (n & 7)] as const)
    for (const failing of pairs) {
      const world = worldOf(inactiveUsers(1))
      const { planId, fingerprint } = await syncAndPlan(world)
      const { watermark } = world.ports
      const { index, hash } = (await watermark.read()) ?? { index: 0, hash: '' }
      await watermark.replace({ index, hash, reconciled: { at: world.system.now() - hour, lost: 7 } })
      const { read } = watermark
      let reads = 0
      watermark.read = () => (failing.includes((reads += 1)) ? Promise.reject(new Error('busy')) : read())
      const response = await world.app.approve({ planId, fingerprint }, by)
      expect([failing, 'refusals' in response]).toEqual([failing, true])
    }
  })

  it('moves its date back after a fast clock, but not because of a slow clock', async () => {
    const world = await restoredWorld()
    world.system.advance(hour)
    await world.app.reconcile(by)
    let behind = 2 * day
    const directory = {
      ...world.directory,
      now: () => world.system.now() - behind,
      organization: () => ((behind = 0), world.directory.organization()),
    }
    const organizationId = world.organization.organization.id
    await createApp({ ...world.ports, directory }, { organizationId, owner: by }).reconcile(by)
    expect(await refusalsOfEarlierPlan(world)).toContain('database-older')
    const mark = await world.ports.watermark.read()
    await world.ports.watermark.replace({
      index: 0,
      hash: '',
      ...mark,
      reconciled: { at: world.system.now() + day, lost: 7 },
    })
    expect((await world.app.planFile(policy(), by)).refusals.map(({ code }) => code)).toContain('database-older')
    await world.app.reconcile(by)
    expect((await world.app.planFile(policy(), by)).refusals.map(({ code }) => code)).not.toContain('database-older')
  })

  it('fails when Atlassian does not respond, and leaves the gap open', async () => {
    const world = await restoredWorld()
    const { ports } = mortal(world.ports, { at: 4, when: 'before' })
    await expect(world.process({ at: 4, when: 'before' }).app.reconcile(by)).rejects.toThrow()
    expect(await findGap(ports)).toBeDefined()
  })
})
