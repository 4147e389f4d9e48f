// A mark: a place in the audit log.

import type { Instant } from './time.js'

/** A place in the audit log. */
export interface Mark {
  readonly index: number
  readonly hash: string
  /** When a log was found that does not hold it, and where that one ended. */
  readonly found?: { readonly at: Instant; readonly end: number }
  /** The newest reconciliation, and how many entries had been lost by then; null where nobody can tell. */
  readonly reconciled?: { readonly at: Instant; readonly lost: number | null }
}
