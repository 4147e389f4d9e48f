// A run: one approved plan on its way through Atlassian, step by step, durable at each.

import type { ActionId } from './actions/index.js'
import type { AccountId, PlanId, RunId } from './ids.js'
import type { RefusalCode, Target } from './plan.js'
import type { Change } from './ports.js'
import type { Instant } from './time.js'

export type RunStatus = 'awaiting-approval' | 'quarantined' | 'executing' | 'finished' | 'stopped'

export interface Run {
  readonly runId: RunId
  readonly planId: PlanId
  readonly status: RunStatus
  readonly approvedBy: string
  readonly accepted: readonly RefusalCode[]
  readonly startedAt: Instant
  readonly finishedAt?: Instant
  /** Why the run stopped before its end. */
  readonly stopReason?: string
  /** Raised by one with each update: compare-and-set. */
  readonly revision: number
}
