// A gap: how the audit log falls short of the watermark.

/** How the log falls short of the watermark. */
export interface Gap {
  /** The last entry that the log held when it was first found too short. */
  readonly end: number
  /** Entries that are missing after it; undefined where nobody can tell. */
  readonly lost: number | undefined
  /** Why the watermark cannot be read, where that is all that is known. */
  readonly unreadable?: string
}

/** What is wrong and what to do, for the admin. */
export function describeGap({ end, lost, unreadable }: Gap): string {
  if (unreadable !== undefined) return `${unreadable} Until then nobody can tell whether this database is the newest.`
  const what =
    lost === undefined
      ? 'The watermark beside the database is missing or of another database, so nobody can tell whether this one is the newest.'
      : `The database is older than what Rollcall did: after entry ${end} of its audit log, ${lost} more are missing. A backup was restored, or another database was connected.`
  return `${what} Restore the newest one, or check policies, protected list and limits, then reconcile.`
}

/** The entry that the database should hold; null where nobody can tell. */
export const lastEntry = ({ end, lost }: Gap): number | null => (lost === undefined ? null : end + lost)
