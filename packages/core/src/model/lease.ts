// A lease: one worker at a time per organization.

import type { Instant } from './time.js'

/** A lease on the organization's lane; `token` only ever grows. */
export interface Lane {
  readonly token: number
  readonly owner: string
  readonly until: Instant
}
