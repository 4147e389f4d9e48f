// A gap: audit entries that the watermark counts and the log lacks.

/** What the log lacks. */
export interface Gap {
  /** The index of the log's last entry when Rollcall first found the gap. */
  readonly end: number
  /** How many entries are missing after it; undefined when unknown. */
  readonly lost: number | undefined
  /** Why the watermark is unreadable; then nothing else is known. */
  readonly unreadable?: string
}

/** Describes for the admin what is wrong and what to do. */
export function describeGap({ end, lost, unreadable }: Gap): string {
  if (unreadable !== undefined) return `${unreadable} Rollcall cannot tell whether this database is the newest.`
  const what =
    lost === undefined
      ? 'The watermark of the database is missing or belongs to another database, so Rollcall cannot tell whether this one is the newest.'
      : `The database is out of date: after entry ${end} of its audit log, ${lost} more are missing. A backup was restored, or another database was connected.`
  return `${what} Restore the newest backup, or check policies, protected list and limits before you reconcile.`
}

/** The index of the newest entry that the database should hold; null when unknown. */
export const lastEntry = ({ end, lost }: Gap): number | null => (lost === undefined ? null : end + lost)
