// A mark: a position in the audit log, as the watermark stores it.

import type { Instant } from './time.js'

/** A reconciliation of a restored database, and how many entries were lost by then; null when unknown. */
export interface Reconciliation {
  readonly at: Instant
  readonly lost: number | null
}

/** A position in the audit log: index and hash of an entry. */
export interface Mark {
  readonly index: number
  readonly hash: string
  /** When Rollcall found that the log lacks this entry, and the index at which that log ended. */
  readonly found?: { readonly at: Instant; readonly end: number }
  /** The newest reconciliation. */
  readonly reconciled?: Reconciliation
}
