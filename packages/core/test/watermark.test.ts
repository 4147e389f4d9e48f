// The watermark: the newest audit entry is known outside the database, so that a restored backup shows and changes nothing.

import { describe, expect, it } from 'vitest'
import { createApp, day, hour, minute, UsageError, type AuditFact, type AuditLog, type Mark } from '../src/index.js'
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
import { by, planned, quiet, stateOf, worldOf } from './flow.js'
import { findGap, requireMark, withWatermark } from '../src/audit/watermark.js'

const digest = async (text: string) =>
  `#${text.length}-${[...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1e9, 7)}`
const newLog = (): AuditLog => memoryAuditLog({ digest, newId: () => 'id' } as never, memoryStore())
const fact = (n: number, event = 'planned'): AuditFact => ({ at: testNow + n, actor: by, event, details: { n } })

/** A log of so many entries with its watermark, and the log as it was when only the first few had been written. */
async function logs(length: number, kept: number) {
  const watermark = memoryWatermark()
  const [full, old] = [withWatermark({ auditLog: newLog(), watermark }), newLog()]
  for (let n = 1; n <= length; n += 1) {
    await full.append(fact(n, n % 2 === 0 ? 'intent' : 'result'))
    if (n <= kept) await old.append(fact(n, n % 2 === 0 ? 'intent' : 'result'))
  }
  return { watermark, full, old }
}

describe('a gap', () => {
  it('is not there in a new database, nor in one that holds all', async () => {
    expect(await findGap({ auditLog: newLog(), watermark: memoryWatermark() })).toBeUndefined()
    const { full, watermark } = await logs(9, 0)
    expect(await findGap({ auditLog: full, watermark })).toBeUndefined()
  })

  it('is found at every length that a backup may have, with the number of entries lost', async () => {
    for (let kept = 0; kept < 9; kept += 1) {
      const { old, watermark } = await logs(9, kept)
      expect(await findGap({ auditLog: old, watermark })).toEqual({ end: kept, lost: 9 - kept })
    }
  })

  it('stays as it was found, however many entries come after it', async () => {
    const { old, watermark } = await logs(9, 4)
    const restored = withWatermark({ auditLog: old, watermark })
    for (let n = 20; n < 40; n += 1) {
      await restored.append(fact(n))
      expect(await findGap({ auditLog: restored, watermark })).toEqual({ end: 4, lost: 5 })
    }
  })

  it('lets no change leave, and lets all be told', async () => {
    const { old, watermark } = await logs(9, 4)
    const auditLog = withWatermark({ auditLog: old, watermark })
    await auditLog.append(fact(20, 'intent'))
    await expect(requireMark({ auditLog, watermark })).rejects.toThrow(
      /after entry 4 of its audit log, 5 more are missing/,
    )
  })

  it('is over when the newest database is put back, whatever was written to the older one meanwhile', async () => {
    const { full, old, watermark } = await logs(9, 4)
    await withWatermark({ auditLog: old, watermark }).append(fact(20))
    expect(await findGap({ auditLog: full, watermark })).toBeUndefined()
    await full.append(fact(21))
    expect(await watermark.read()).toEqual({ index: 10, hash: (await full.head())?.hash })
  })

  it('to another log that reaches as far has no size', async () => {
    const { watermark } = await logs(3, 0)
    const other = newLog()
    for (let n = 0; n < 30; n += 1) await other.append(fact(100 + n))
    expect(await findGap({ auditLog: other, watermark })).toEqual({ end: 30, lost: undefined })
  })

  it('is unknown in size without a watermark, or with one that cannot be read', async () => {
    const { full } = await logs(9, 0)
    expect(await findGap({ auditLog: full, watermark: memoryWatermark() })).toEqual({ end: 9, lost: undefined })
    const no = () => Promise.reject(new Error('no'))
    const watermark = { read: no, raise: no, replace: no }
    expect(await findGap({ auditLog: full, watermark })).toEqual({ end: 9, lost: undefined, unreadable: 'no' })
    const auditLog = withWatermark({ auditLog: full, watermark })
    expect((await auditLog.append(fact(11, 'stopped'))).fact.event).toBe('stopped')
    await expect(requireMark({ auditLog, watermark })).rejects.toThrow('no')
  })

  it('does not come of two processes that write at the same time, and no mark is lowered', async () => {
    const auditLog = newLog()
    const kept = memoryWatermark()
    let held: (() => Promise<void>)[] = []
    const watermark = {
      ...kept,
      // Marks are held back and arrive in reverse, three at a time.
      async raise(to: Pick<Mark, 'index' | 'hash'>) {
        held = [() => kept.raise(to), ...held]
        if (held.length < 3 && to.index > 0) return
        for (const one of held) await one()
        held = []
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

describe('a change leaves only when no restored backup could forget it', () => {
  it('also when the mark could not be written the first time, or its process was killed just then', async () => {
    const world = worldOf(quiet(3))
    const made = await planned(world)
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

  it('whenever processes are killed: of everybody who was changed, the mark knows the intent', async () => {
    for (let at = 1; at <= 90; at += 1) {
      const world = worldOf(quiet(3))
      const made = await planned(world)
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

  it('is asked for first among what needs a person, until it is done', async () => {
    const world = await restoredWorld()
    const [first] = await world.app.attention()
    expect([first?.kind, first?.urgency]).toEqual(['database', 'urgent'])
    expect(first?.message).toMatch(/after entry \d+ of its audit log, 7 more are missing/)
    await world.app.reconcile(by)
    expect((await world.app.attention()).map(({ kind }) => kind)).not.toContain('database')
  })

  it('that was killed at any moment is done again as a whole', async () => {
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

  /** What refuses the newest plan from before a reconciliation. */
  async function refusingBefore({ app, ports }: Awaited<ReturnType<typeof restoredWorld>>) {
    const [plan] = await ports.store.plans(1)
    if (plan === undefined) throw new Error('no plan')
    const { planId, fingerprint } = plan
    const answer = await app.approve({ planId, fingerprint, accepted: [] }, by)
    return 'refusals' in answer ? answer.refusals.map(({ code }) => code) : []
  }

  it('is the next step of a blocked plan in the plan list and the overview, and a new plan is after it', async () => {
    const world = await restoredWorld()
    const nextSteps = async () => {
      await refusingBefore(world)
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

  it('lets no plan from before pass, also when the clock is set back by hours at its end', async () => {
    const world = await restoredWorld()
    world.system.advance(hour)
    const { store } = world.ports
    const setBack: typeof store.markPolicy = async (...given) => {
      await store.markPolicy(...given)
      world.system.advance(-12 * hour)
    }
    const ports = { ...world.ports, store: { ...store, markPolicy: setBack } }
    await createApp(ports, { organizationId: world.organization.organization.id, owner: by }).reconcile(by)
    world.system.advance(12 * hour)
    expect(await refusingBefore(world)).toContain('database-older')
  })

  it('is dated anew when a clock was ahead, but not by one that is behind', async () => {
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
    expect(await refusingBefore(world)).toContain('database-older')
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

  it('is refused by an Atlassian that does not answer, and nothing is taken for reconciled', async () => {
    const world = await restoredWorld()
    const { ports } = mortal(world.ports, { at: 4, when: 'before' })
    await expect(world.process({ at: 4, when: 'before' }).app.reconcile(by)).rejects.toThrow()
    expect(await findGap(ports)).toBeDefined()
  })
})
