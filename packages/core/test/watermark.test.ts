// The watermark: the newest audit entry is known outside the database, so that a restored backup shows and changes nothing.

import { describe, expect, it } from 'vitest'
import type { AuditFact, AuditLog, Mark } from '../src/index.js'
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
import { findGap, withWatermark } from '../src/watermark.js'

const by = 'mia'
const digest = async (text: string) =>
  `#${text.length}-${[...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1e9, 7)}`
const newLog = (): AuditLog => memoryAuditLog({ digest, newId: () => 'id' } as never, memoryStore())
const fact = (n: number, event = 'planned'): AuditFact => ({ at: testNow + n, actor: by, event, details: { n } })

/** A log of so many entries with its watermark, and the log as it was when only the first few had been written. */
async function logs(length: number, kept: number) {
  const watermark = memoryWatermark()
  const [full, old] = [withWatermark(newLog(), watermark), newLog()]
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
    const restored = withWatermark(old, watermark)
    for (let n = 20; n < 40; n += 1) {
      await restored.append(fact(n))
      expect(await findGap({ auditLog: restored, watermark })).toEqual({ end: 4, lost: 5 })
    }
  })

  it('lets no intent be told, and all else', async () => {
    const { old, watermark } = await logs(9, 4)
    const restored = withWatermark(old, watermark)
    await restored.append(fact(20, 'stopped'))
    await expect(restored.append(fact(21, 'intent'))).rejects.toThrow(/5 audit entries after entry 4 are missing/)
  })

  it('is unknown in size without a watermark, or with one that cannot be read', async () => {
    const { full } = await logs(9, 0)
    expect(await findGap({ auditLog: full, watermark: memoryWatermark() })).toEqual({ end: 9, lost: undefined })
    const unreadable = { read: () => Promise.reject(new Error('no')), write: () => Promise.reject(new Error('no')) }
    expect(await findGap({ auditLog: full, watermark: unreadable })).toEqual({ end: 9, lost: undefined })
    const log = withWatermark(full, unreadable)
    await expect(log.append(fact(10, 'intent'))).rejects.toThrow('no')
    expect((await log.append(fact(11, 'stopped'))).fact.event).toBe('stopped')
  })

  it('does not come of two processes that write at the same time, in whatever order their marks arrive', async () => {
    const auditLog = newLog()
    const slow = memoryWatermark()
    let kept: Mark[] = []
    const watermark = {
      read: slow.read,
      // Marks are held back and written in reverse, three at a time.
      write: async (mark: Mark) => {
        kept = [mark, ...kept]
        if (kept.length < 3 && mark.index > 0) return
        for (const one of kept) await slow.write(one)
        kept = []
      },
    }
    const [a, b] = [withWatermark(auditLog, watermark), withWatermark(auditLog, watermark)]
    for (let n = 0; n < 30; n += 1) {
      await Promise.all([a.append(fact(n)), b.append(fact(n)), a.append(fact(n))])
      expect(await findGap({ auditLog, watermark })).toBeUndefined()
    }
    expect((await slow.read())?.index).toBeGreaterThan(80)
  })
})

describe('reconciling', () => {
  const restoredWorld = async () => {
    const world = memoryWorld(organization())
    await world.app.importPolicy(policy(), by)
    await world.app.sync(by)
    await world.app.planStored(policy().name, by)
    const index = ((await world.app.auditHead())?.index ?? 0) + 7
    await world.ports.watermark.write({ index, hash: 'lost' })
    return world
  }

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
      expect((await app.policy(policy().name)).previewedVersion).toBeUndefined()
      expect((await app.planFile(policy(), by)).refusals.map(({ code }) => code)).not.toContain('database-older')
      expect((await app.verifyAudit()).ok).toBe(true)
    }
    expect(deaths).toBeGreaterThan(30)
  })

  it('is refused by an Atlassian that does not answer, and nothing is taken for reconciled', async () => {
    const world = await restoredWorld()
    const { ports } = mortal(world.ports, { at: 4, when: 'before' })
    await expect(world.process({ at: 4, when: 'before' }).app.reconcile(by)).rejects.toThrow()
    expect(await findGap(ports)).toBeDefined()
  })
})
