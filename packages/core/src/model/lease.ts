// A lease: one worker at a time per organization.

import type { Instant } from './time.js'

/** The lease on an organization; `token` grows with every claim. */
export interface Lease {
  readonly token: number
  readonly owner: string
  readonly until: Instant
}
