// Audit: every fact, chained by hash, so that nothing can be altered, removed or reordered unseen.

import type { System } from './system.js'
import { canonicalJson } from './canonical-json.js'
import type { Instant } from './time.js'

/** What happened. `subject` is an account, policy, plan or protection. */
export interface AuditFact {
  readonly at: Instant
  readonly actor: string
  readonly event: string
  readonly runId?: string
  readonly planId?: string
  readonly subject?: string
  readonly action?: string
  readonly outcome?: string
  readonly reason?: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** A fact in the chain; `index` starts at 1, `previous` of the first is 64 zeros. */
export interface AuditEntry {
  readonly index: number
  readonly previous: string
  readonly fact: AuditFact
  readonly hash: string
}

export const chainStart = '0'.repeat(64)

/** Chains a fact to the entry before it: SHA-256(previous ‖ RFC 8785 JSON of index and fact). */
export async function chain(previous: AuditEntry | undefined, fact: AuditFact, system: Pick<System, 'digest'>) {
  const index = (previous?.index ?? 0) + 1
  const link = previous?.hash ?? chainStart
  const hash = await system.digest(link + canonicalJson({ index, fact }))
  return { index, previous: link, fact, hash } satisfies AuditEntry
}

export type Verification =
  | { readonly ok: true; readonly entries: number; readonly head: string }
  | { readonly ok: false; readonly entries: number; readonly index: number; readonly message: string }

/** Recomputes the chain from the start; the first entry that does not fit is named by its index. */
export async function verifyChain(
  entries: AsyncIterable<AuditEntry>,
  system: Pick<System, 'digest'>,
): Promise<Verification> {
  let last: AuditEntry | undefined
  for await (const entry of entries) {
    const expected = await chain(last, entry.fact, system)
    if (expected.index !== entry.index || expected.previous !== entry.previous || expected.hash !== entry.hash)
      return {
        ok: false,
        entries: last?.index ?? 0,
        index: expected.index,
        message: `Entry ${expected.index} was altered, removed or moved. Entries before it are intact; compare with your last export.`,
      }
    last = entry
  }
  return { ok: true, entries: last?.index ?? 0, head: last?.hash ?? chainStart }
}
