// The audit chain: the verifier finds the first entry that somebody altered, removed, duplicated or moved.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditEntry, chain, verifyChain } from '../src/index.js'
import { manualSystem } from '../src/testing/index.js'

const system = manualSystem()

async function log(length: number): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = []
  for (let n = 1; n <= length; n += 1)
    entries.push(await chain(entries.at(-1), { at: n, actor: 'mia', event: 'planned', details: { n } }, system))
  return entries
}
async function* stream(entries: readonly AuditEntry[]) {
  yield* entries
}
const verify = (entries: readonly AuditEntry[]) => verifyChain(stream(entries), system)

describe('an unaltered log', () => {
  it('verifies, with its length and its head', async () => {
    const entries = await log(50)
    expect(await verify(entries)).toEqual({ ok: true, entries: 50, head: entries[49]?.hash })
  })
  it('verifies when it is empty', async () => {
    expect(await verify([])).toEqual({ ok: true, entries: 0, head: '0'.repeat(64) })
  })
})

describe('the verifier finds the first bad entry, at any position, when an entry is', () => {
  const tampered: Readonly<Record<string, (entries: AuditEntry[], at: number) => AuditEntry[]>> = {
    altered: (entries, at) =>
      entries.map((one, i) => (i === at ? { ...one, fact: { ...one.fact, actor: 'eve' } } : one)),
    'given another hash': (entries, at) => entries.map((one, i) => (i === at ? { ...one, hash: 'f'.repeat(64) } : one)),
    removed: (entries, at) => entries.toSpliced(at, 1),
    duplicated: (entries, at) => entries.toSpliced(at + 1, 0, entries[at] as AuditEntry),
    'swapped with the next': (entries, at) =>
      entries.toSpliced(at, 2, entries[at + 1] as AuditEntry, entries[at] as AuditEntry),
  }
  it.each(Object.entries(tampered))('%s', async (how, tamper) => {
    const entries = await log(30)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 28 }), async (at) => {
        const verdict = await verify(tamper(entries, at))
        const first = at + (how === 'duplicated' ? 2 : 1)
        expect(verdict).toMatchObject({ ok: false, index: first, entries: first - 1 })
        expect(verdict.ok ? '' : verdict.message).toContain(`Entry ${first}`)
      }),
    )
  })

  it('detects a chain that was recomputed after an altered entry by its head in an earlier export', async () => {
    const entries = await log(10)
    const forged = entries.slice(0, 4)
    for (const { fact } of entries.slice(4)) forged.push(await chain(forged.at(-1), { ...fact, actor: 'eve' }, system))
    const verdict = await verify(forged)
    expect(verdict.ok && verdict.head !== entries[9]?.hash).toBe(true)
  })
})
