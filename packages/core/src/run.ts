// A run: one approved plan on its way through Atlassian, step by step, durable at each.

import type { PlanId, RunId } from './ids.js'
import type { RefusalCode } from './plan.js'
import type { Instant } from './time.js'

export type RunStatus = 'awaiting-approval' | 'quarantined' | 'executing' | 'finished' | 'stopped'

/** What made a run stop before its end; it can be resumed once the cause is gone. */
export type HaltCause = 'credentials' | 'unavailable' | 'stop-switch'

export interface Run {
  readonly runId: RunId
  readonly planId: PlanId
  readonly status: RunStatus
  readonly approvedBy: string
  readonly accepted: readonly RefusalCode[]
  readonly startedAt: Instant
  readonly finishedAt?: Instant
  /** Why the run stopped before its end, for the admin. */
  readonly stopReason?: string
  readonly haltCause?: HaltCause
  /** Raised by one with each update: compare-and-set. */
  readonly revision: number
}
