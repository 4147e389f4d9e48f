// The watermark: index and hash of the newest audit entry, stored outside the database. A database that lacks this entry
// is out of date: somebody restored a backup. Then no run executes until an admin reconciles.
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
  // A log that is long enough but lacks the entry is another log: how much it lost is unknown.
  return { end, lost: mark === undefined || mark.index <= end ? undefined : mark.index - end }
}

/** Raises a mark to an entry: keeps `reconciled`, and drops `found`. */
export const raisedMark = (mark: Mark | undefined, { index, hash }: Pick<Mark, 'index' | 'hash'>): Mark => ({
  index,
  hash,
  ...(mark?.reconciled === undefined ? {} : { reconciled: mark.reconciled }),
})

/** Reads the mark; an error when it is unreadable. */
export const readMark = ({ watermark }: Pick<Ports, 'watermark'>): Promise<Mark | Error | undefined> =>
  watermark.read().catch((failure: unknown) => failure as Error)

/** Finds what the log lacks of the entry that a mark names; undefined when it holds that entry. */
export async function gapOf(
  read: Mark | Error | undefined,
  { auditLog }: Pick<Ports, 'auditLog'>,
): Promise<Gap | undefined> {
  const head = (await auditLog.head())?.index ?? 0
  if (read instanceof Error) return { end: head, lost: undefined, unreadable: read.message }
  if (read === undefined) return head === 0 ? undefined : gapTo(read, head)
  return (await holds(auditLog, read)) ? undefined : gapTo(read, head)
}

/** Finds what the log lacks of the newest entry that Rollcall wrote; undefined when it holds that entry. */
export const findGap = async (watched: Watched): Promise<Gap | undefined> => gapOf(await readMark(watched), watched)

/** Raises the mark to a new entry. If the log lacks the marked entry, notes where the log ended before the new one. */
async function raise(mark: Mark, { index, hash, previous, fact }: AuditEntry, { auditLog, watermark }: Watched) {
  const follows = mark.index === index - 1 && mark.hash === previous
  if (follows || (await holds(auditLog, mark))) {
    if (mark.index < index) await watermark.raise({ index, hash })
  } else if (mark.found === undefined) await watermark.replace({ ...mark, found: { at: fact.at, end: index - 1 } })
}

/** Reads the mark. An empty log without a mark gets one before its first entry. */
async function begun({ auditLog, watermark }: Watched): Promise<Mark | undefined> {
  const mark = await watermark.read()
  if (mark !== undefined || (await auditLog.head()) !== undefined) return mark
  await watermark.raise({ index: 0, hash: chainStart })
  return watermark.read()
}

/** Wraps an audit log so that each entry raises the watermark. An unreachable watermark does not fail the log. */
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

/** Raises the mark to the newest entry right before a change, so that no restored backup hides it. Throws when there is a gap. */
export async function requireMark({ auditLog, watermark }: Watched): Promise<void> {
  const [gap, head] = [await findGap({ auditLog, watermark }), await auditLog.head()]
  if (gap !== undefined) throw new UsageError(describeGap(gap))
  if (head !== undefined) await watermark.raise({ index: head.index, hash: head.hash })
}
