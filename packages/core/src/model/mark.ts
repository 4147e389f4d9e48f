// A mark: a place in the audit log.

import type { Instant } from './time.js'

/** A place in the audit log. */
export interface Mark {
  readonly index: number
  readonly hash: string
  /** When Rollcall found a log that does not hold this entry, and where that log ended. */
  readonly found?: { readonly at: Instant; readonly end: number }
  /** The newest reconciliation, and how many entries were lost by then; null where that is unknown. */
  readonly reconciled?: { readonly at: Instant; readonly lost: number | null }
}
