// The audit chain: each entry holds the hash of the one before it. Nobody can alter, remove or reorder entries unnoticed.

import type { System } from '../model/system.js'
import { canonicalJson } from '../model/canonical-json.js'
import { isBound } from '../model/personal-data.js'
import type { AuditEntry, RecordedFact, Verification } from '../model/audit-entry.js'
import { chainStart } from '../model/audit-entry.js'

/** Chains a fact to the entry before it: SHA-256(previous ‖ RFC 8785 JSON of index and fact). */
export async function chain(previous: AuditEntry | undefined, fact: RecordedFact, system: Pick<System, 'digest'>) {
  const index = (previous?.index ?? 0) + 1
  const link = previous?.hash ?? chainStart
  const hash = await system.digest(link + canonicalJson({ index, fact }))
  return { index, previous: link, fact, hash } satisfies AuditEntry
}

/** The start of a log whose oldest entries retention removed: index and hash of the entry before the first one. */
export interface Anchor {
  readonly index: number
  readonly hash: string
}

/** The anchor right before an entry. A process that was killed while it pruned leaves a newer anchor without effect yet. */
const anchorOf = ({ index, previous }: AuditEntry, anchors: readonly Anchor[]): Anchor | undefined =>
  anchors.findLast((one) => one.index === index - 1 && one.hash === previous) ?? anchors.at(-1)

/**
 * Recomputes the chain from the start, and reports the index of the first entry that does not match. A log whose oldest
 * entries retention removed starts at the anchor that matches, else at the newest one.
 */
export async function verifyChain(
  entries: AsyncIterable<AuditEntry>,
  system: Pick<System, 'digest'>,
  anchors: readonly Anchor[] = [],
): Promise<Verification> {
  let last: Anchor | undefined
  let begun = false
  for await (const entry of entries) {
    if (!begun && !(entry.index === 1 && entry.previous === chainStart)) last = anchorOf(entry, anchors)
    begun = true
    const index = (last?.index ?? 0) + 1
    const link = last?.hash ?? chainStart
    const hash = await system.digest(link + canonicalJson({ index, fact: entry.fact }))
    const fits = index === entry.index && link === entry.previous && hash === entry.hash
    if (!fits || !(await isBound(entry.fact, entry.personal, system)))
      return {
        ok: false,
        entries: index - 1,
        index,
        message: `Entry ${index} was altered, removed or moved. The entries before it are intact. Compare the log with your last export.`,
      }
    last = entry
  }
  return { ok: true, entries: last?.index ?? 0, head: last?.hash ?? chainStart }
}
