// The contract of every AuditLog; each check starts with an empty one.

import { verifyChain } from '../../audit/chain.js'
import { chainStart, type AuditEntry, type AuditFact } from '../../model/audit-entry.js'
import type { Checkpoint } from '../../model/checkpoint.js'
import type { AuditLog } from '../../ports.js'
import { sha256 } from '../sha256.js'
import { LeaseLost } from '../../run/lease.js'
import { hold, same, type Promised } from './promised.js'

const fact = (n: number): AuditFact => ({
  at: n,
  actor: 'mia',
  event: 'planned',
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
    promise: 'has no method that updates an entry, and none that deletes except erase and prune',
    async check(auditLog) {
      const methods = ['addCheckpoint', 'append', 'checkpoints', 'erase', 'head', 'prune', 'read']
      same(Object.keys(auditLog).toSorted(), methods, 'its methods')
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
    promise: 'appends nothing for a lease with another token',
    async check(auditLog) {
      await auditLog.append(fact(1))
      const refused = await auditLog.append(fact(2), undefined, { token: 7 }).catch((error: unknown) => error)
      hold(refused instanceof LeaseLost, 'the lease is lost')
      same((await auditLog.read(0, 10)).length, 1, 'the entries')
    },
  },
  {
    promise: 'reads entries in order, from the one after the given index',
    async check(auditLog) {
      for (const n of [1, 2, 3, 4]) await auditLog.append(fact(n))
      same(
        (await auditLog.read(1, 2)).map((entry) => entry.fact),
        [fact(2), fact(3)],
        'entries 2 and 3',
      )
      same(await auditLog.read(4, 10), [], 'entries after the last one')
      same((await auditLog.head())?.fact, fact(4), 'the head')
    },
  },
  {
    promise: 'gives each of several simultaneous appends its own index, in a chain that verifies',
    async check(auditLog) {
      const appended = await Promise.all(Array.from({ length: 40 }, (_, n) => auditLog.append(fact(n))))
      same(new Set(appended.map(({ index }) => index)).size, 40, 'distinct indices')
      const verdict = await verifyChain(entriesOf(auditLog), { digest: sha256 })
      hold(verdict.ok && verdict.entries === 40, 'the chain of 40 entries verifies')
      same(verdict.head, (await auditLog.head())?.hash, 'the head of the chain')
    },
  },
  {
    promise: 'protects its entries from changes to the objects that it returned',
    async check(auditLog) {
      const entry = (await auditLog.append(fact(1))) as { -readonly [Key in keyof AuditEntry]: AuditEntry[Key] }
      try {
        entry.hash = 'altered'
      } catch {
        // A frozen entry throws by itself.
      }
      hold((await verifyChain(entriesOf(auditLog), { digest: sha256 })).ok, 'the chain still verifies')
    },
  },
  {
    promise: 'keeps personal data outside the chain, bound to it, until somebody erases it by subject or index',
    async check(auditLog) {
      const system = { digest: sha256 }
      await auditLog.append({ ...fact(1), subject: 'ann' }, { name: 'Ann', email: 'ann@acme.example' })
      await auditLog.append({ ...fact(2), subject: 'bob' }, { name: 'Bob' })
      await auditLog.append({ ...fact(3), subject: 'ann' })
      const [ann] = await auditLog.read(0, 1)
      same(ann?.personal?.data, { name: 'Ann', email: 'ann@acme.example' }, 'the personal data of the first entry')
      hold(!JSON.stringify(ann?.fact).includes('Ann'), 'the entry itself contains no name')
      hold((await verifyChain(entriesOf(auditLog), system)).ok, 'the chain verifies')
      const forged = (await auditLog.read(0, 9)).map((one) =>
        one.personal ? { ...one, personal: { ...one.personal, data: { name: 'Eve' } } } : one,
      )
      async function* stream() {
        yield* forged
      }
      hold(!(await verifyChain(stream(), system)).ok, 'the chain shows that somebody replaced the name')
      same(await auditLog.erase('ann'), 1, 'entries that lost a name')
      same(
        (await auditLog.read(0, 9)).map(({ personal }) => personal?.data['name']),
        [undefined, 'Bob', undefined],
        'names',
      )
      hold((await verifyChain(entriesOf(auditLog), system)).ok, 'the chain verifies after erasing')
      same(await auditLog.erase('ann', [1, 2, 3, 99]), 1, 'others that lost a name')
      same(
        (await auditLog.read(0, 9)).filter(({ personal }) => personal !== undefined),
        [],
        'names that remain',
      )
      hold((await verifyChain(entriesOf(auditLog), system)).ok, 'the chain verifies after erasing by index')
    },
  },
  {
    promise: 'keeps checkpoints in order, and removes the oldest entries only up to a checkpoint for pruning',
    async check(auditLog) {
      for (let n = 1; n <= 5; n += 1) await auditLog.append(fact(n))
      const hashes = (await auditLog.read(0, 9)).map(({ hash }) => hash)
      const signed = (index: number, why: 'day' | 'pruned'): Checkpoint => ({
        index,
        hash: hashes[index - 1] ?? '',
        at: index,
        why,
        publicKey: 'key',
        signature: 'signature',
      })
      await auditLog.addCheckpoint(signed(2, 'day'))
      await auditLog.addCheckpoint(signed(3, 'pruned'))
      same(
        (await auditLog.checkpoints()).map(({ index }) => index),
        [2, 3],
        'checkpoints',
      )
      await auditLog.prune(2)
      same((await auditLog.read(0, 9)).length, 5, 'entries after pruning without a checkpoint for it')
      await auditLog.prune(3)
      same(
        (await auditLog.read(0, 9)).map(({ index }) => index),
        [4, 5],
        'entries after pruning',
      )
      same(
        (await auditLog.read(4, 1)).map(({ index }) => index),
        [5],
        'entries after the fourth',
      )
      same((await auditLog.append(fact(6))).index, 6, 'the next index')
      hold(!(await verifyChain(entriesOf(auditLog), { digest: sha256 })).ok, 'the rest does not verify by itself')
      const anchored = await verifyChain(entriesOf(auditLog), { digest: sha256 }, await auditLog.checkpoints())
      hold(anchored.ok && anchored.entries === 6, 'the rest verifies from its checkpoint')
    },
  },
]
