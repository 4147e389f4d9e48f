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
  if (unreadable !== undefined) return `${unreadable} Rollcall cannot tell whether this database is the newest.`
  const what =
    lost === undefined
      ? 'The watermark of the database is missing or belongs to another database, so Rollcall cannot tell whether this one is the newest.'
      : `The database is older than what Rollcall did: after entry ${end} of its audit log, ${lost} more are missing. A backup was restored, or another database was connected.`
  return `${what} Restore the newest backup, or check policies, protected list and limits before you reconcile.`
}

/** The entry that the database should hold; null where nobody can tell. */
export const lastEntry = ({ end, lost }: Gap): number | null => (lost === undefined ? null : end + lost)
