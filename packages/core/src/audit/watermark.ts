// The watermark: the place of the newest audit entry, kept outside the database. A database that does not hold that entry
// is older than what Rollcall did: a backup was restored. Then nothing runs until a person has reconciled.
import { UsageError } from '../model/errors.js'
import type { AuditLog, Ports } from '../ports.js'
import { chainStart, type AuditEntry } from '../model/audit-entry.js'
import type { Gap } from './gap.js'
import { describeGap } from './gap.js'
import type { Mark } from '../model/mark.js'

type Watched = Pick<Ports, 'auditLog' | 'watermark'>

async function holds(auditLog: AuditLog, { index, hash }: Mark): Promise<boolean> {
  if (index === 0) return hash === chainStart
  return (await auditLog.read(index - 1, 1))[0]?.hash === hash
}

function gapTo(mark: Mark | undefined, head: number): Gap {
  const end = mark?.found?.end ?? head
  // A log that reaches as far as the mark and does not hold it is another one: there is no counting.
  return { end, lost: mark === undefined || mark.index <= end ? undefined : mark.index - end }
}

/** A mark raised: what was reconciled stays known, and what was found is over. */
export const raisedMark = (mark: Mark | undefined, { index, hash }: Pick<Mark, 'index' | 'hash'>): Mark => ({
  index,
  hash,
  ...(mark?.reconciled === undefined ? {} : { reconciled: mark.reconciled }),
})

/** Looks whether the log holds what was written last; undefined when it does. */
export async function findGap({ auditLog, watermark }: Watched): Promise<Gap | undefined> {
  const read = await watermark.read().catch((failure: unknown) => failure as Error)
  const head = (await auditLog.head())?.index ?? 0
  if (read instanceof Error) return { end: head, lost: undefined, unreadable: read.message }
  if (read === undefined) return head === 0 ? undefined : gapTo(read, head)
  return (await holds(auditLog, read)) ? undefined : gapTo(read, head)
}

/** Raises the mark to an entry of a log that holds it; in one that does not, notes where that ended before the entry. */
async function raise(mark: Mark, { index, hash, previous, fact }: AuditEntry, { auditLog, watermark }: Watched) {
  const follows = mark.index === index - 1 && mark.hash === previous
  if (follows || (await holds(auditLog, mark))) {
    if (mark.index < index) await watermark.raise({ index, hash })
  } else if (mark.found === undefined) await watermark.replace({ ...mark, found: { at: fact.at, end: index - 1 } })
}

/** The mark; at the beginning of a log one that stands before its first entry. */
async function begun({ auditLog, watermark }: Watched): Promise<Mark | undefined> {
  const mark = await watermark.read()
  if (mark !== undefined || (await auditLog.head()) !== undefined) return mark
  await watermark.raise({ index: 0, hash: chainStart })
  return watermark.read()
}

/** An audit log that raises the watermark with each entry, where that can be: the log itself never waits for it. */
export function withWatermark({ auditLog, watermark }: Watched): AuditLog {
  return {
    ...auditLog,
    async append(fact, personal, lease) {
      const mark = await begun({ auditLog, watermark }).catch(() => undefined)
      const entry = await auditLog.append(fact, personal, lease)
      if (mark !== undefined) await raise(mark, entry, { auditLog, watermark }).catch(() => undefined)
      return entry
    },
  }
}

/** Makes sure, right before a change leaves, that no restored backup could make it forgotten: the mark stands at the log's head. */
export async function requireMark({ auditLog, watermark }: Watched): Promise<void> {
  const [gap, head] = [await findGap({ auditLog, watermark }), await auditLog.head()]
  if (gap !== undefined) throw new UsageError(describeGap(gap))
  if (head !== undefined) await watermark.raise({ index: head.index, hash: head.hash })
}
