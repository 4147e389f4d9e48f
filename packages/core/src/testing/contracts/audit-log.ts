// What every AuditLog promises, on an empty one.

import { chainStart, verifyChain, type AuditEntry, type AuditFact } from '../../audit.js'
import type { AuditLog } from '../../ports.js'
import { sha256 } from '../manual-system.js'
import { hold, same, type Promised } from './promised.js'

const fact = (n: number): AuditFact => ({
  at: n,
  actor: 'mia',
  event: 'tested',
  subject: `Zoë 🦊 ${n}`,
  details: { n, nested: { z: 1, a: [true, null, 1.5] }, gone: undefined },
})

/** Streams a whole audit log, a few entries at a time. */
export async function* entriesOf(auditLog: AuditLog, limit = 7): AsyncGenerator<AuditEntry> {
  for (let after = 0; ;) {
    const page = await auditLog.read(after, limit)
    yield* page
    const last = page.at(-1)
    if (last === undefined) return
    after = last.index
  }
}

export const auditLogContract: readonly Promised<AuditLog>[] = [
  {
    promise: 'offers nothing that updates or deletes',
    async check(auditLog) {
      same(Object.keys(auditLog).toSorted(), ['append', 'head', 'read'], 'its methods')
    },
  },
  {
    promise: 'is empty at first',
    async check(auditLog) {
      same(await auditLog.head(), undefined, 'the head')
      same(await auditLog.read(0, 10), [], 'the entries')
    },
  },
  {
    promise: 'chains the first entry to 64 zeros and every other to the one before it',
    async check(auditLog) {
      const [first, second] = [await auditLog.append(fact(1)), await auditLog.append(fact(2))]
      same([first.index, first.previous], [1, chainStart], 'the first entry')
      same([second.index, second.previous], [2, first.hash], 'the second entry')
      hold(/^[0-9a-f]{64}$/.test(second.hash), 'a hash is 64 hex digits')
    },
  },
  {
    promise: 'reads back what was appended, in order, from the entry after the given one',
    async check(auditLog) {
      for (const n of [1, 2, 3, 4]) await auditLog.append(fact(n))
      same(
        (await auditLog.read(1, 2)).map((entry) => entry.fact),
        [fact(2), fact(3)],
        'entries 2 and 3',
      )
      same(await auditLog.read(4, 10), [], 'what comes after the last one')
      same((await auditLog.head())?.fact, fact(4), 'the head')
    },
  },
  {
    promise: 'gives appends made at once one index each, in a chain that verifies',
    async check(auditLog) {
      const appended = await Promise.all(Array.from({ length: 40 }, (_, n) => auditLog.append(fact(n))))
      same(new Set(appended.map(({ index }) => index)).size, 40, 'distinct indices')
      const verdict = await verifyChain(entriesOf(auditLog), { digest: sha256 })
      hold(verdict.ok && verdict.entries === 40, 'the chain of 40 entries verifies')
      same(verdict.head, (await auditLog.head())?.hash, 'the head of the chain')
    },
  },
  {
    promise: 'lets nobody alter an entry through what it handed out',
    async check(auditLog) {
      const entry = (await auditLog.append(fact(1))) as { -readonly [Key in keyof AuditEntry]: AuditEntry[Key] }
      try {
        entry.hash = 'altered'
      } catch {
        // A frozen entry refuses by itself.
      }
      hold((await verifyChain(entriesOf(auditLog), { digest: sha256 })).ok, 'the chain still verifies')
    },
  },
]
