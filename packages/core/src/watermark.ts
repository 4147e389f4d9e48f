// The watermark: the newest audit entry ever written, kept outside the database. A database that does not hold that entry
// is older than what Rollcall did: a backup was restored. Then nothing runs until a person has reconciled.

import { chainStart, type AuditEntry } from './audit.js'
import { UsageError } from './errors.js'
import type { AuditLog, Mark, Ports, Watermark } from './ports.js'

/** How the log falls short of the watermark. */
export interface Gap {
  /** The last entry that the log held when it was first found too short. */
  readonly end: number
  /** Entries that are missing after it; undefined where there is no watermark to count up to. */
  readonly lost: number | undefined
}

const holds = async (auditLog: AuditLog, { index, hash }: Mark): Promise<boolean> =>
  index === 0 || (await auditLog.read(index - 1, 1))[0]?.hash === hash

function gapTo(mark: Mark | undefined, head: number): Gap {
  const end = mark === undefined ? head : Math.min(mark.end ?? head, mark.index)
  return { end, lost: mark && mark.index - end }
}

/** The entry that the database should hold; null where nobody can tell. */
export const lastEntry = ({ end, lost }: Gap): number | null => (lost === undefined ? null : end + lost)

/** What is wrong, for the admin. */
export const describeGap = ({ end, lost }: Gap): string =>
  (lost === undefined
    ? 'The watermark beside the database is missing, so nobody can tell whether this database is the newest.'
    : `The database is older than what Rollcall did: ${lost} audit entries after entry ${end} are missing. A backup was restored, or another database was connected.`) +
  ' Restore the newest one, or look at policies, protected list and limits, then run "rollcall reconcile".'

/** The mark after an entry was appended: as it was, raised, or with a note of where the log ends that does not hold it. */
async function raised(
  before: Mark | undefined,
  { index, hash, previous }: AuditEntry,
  auditLog: AuditLog,
): Promise<Mark | undefined> {
  // A log with entries and no watermark: the mark was lost, or the database came from elsewhere.
  if (before === undefined || before.end !== undefined) return before
  const follows = before.index === index - 1 && before.hash === previous
  if (!follows && !(await holds(auditLog, before))) return { ...before, end: index - 1 }
  return before.index > index ? before : { index, hash }
}

/**
 * An audit log that raises the watermark with each entry. An intent is not stored unless the mark stands, so that no
 * change is ever sent which a restored backup could make forgotten; all else is told without it, the stop switch too.
 */
export function withWatermark(auditLog: AuditLog, watermark: Watermark): AuditLog {
  const begin = async (): Promise<Mark | undefined> => {
    const mark = await watermark.read()
    if (mark !== undefined || (await auditLog.head()) !== undefined) return mark
    const start = { index: 0, hash: chainStart }
    await watermark.write(start)
    return start
  }
  return {
    ...auditLog,
    async append(fact, personal, lane) {
      const mark = async (before: Mark | undefined, entry: AuditEntry): Promise<void> => {
        const next = await raised(before, entry, auditLog)
        if (next !== undefined && next !== before) await watermark.write(next)
        if (next === undefined || next.end !== undefined) throw new UsageError(describeGap(gapTo(next, entry.index)))
      }
      const unmarked = (failure: unknown): undefined => {
        if (fact.event === 'intent') throw failure
      }
      const before = await begin().catch(unmarked)
      const entry = await auditLog.append(fact, personal, lane)
      await mark(before, entry).catch(unmarked)
      return entry
    },
  }
}

/** Looks whether the log holds what was written last; undefined when it does. A watermark that cannot be read counts as none. */
export async function findGap({
  auditLog,
  watermark,
}: Pick<Ports, 'auditLog' | 'watermark'>): Promise<Gap | undefined> {
  const mark = await watermark.read().catch(() => undefined)
  const head = (await auditLog.head())?.index ?? 0
  if (mark === undefined) return head === 0 ? undefined : gapTo(mark, head)
  return mark.end === undefined && (await holds(auditLog, mark)) ? undefined : gapTo(mark, head)
}
