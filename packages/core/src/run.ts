// A run: one approved plan on its way through Atlassian, step by step, durable at each.

import type { ActionId } from './actions/index.js'
import type { AccountId, PlanId, RunId } from './ids.js'
import type { RefusalCode, Target } from './plan.js'
import type { Change } from './ports.js'
import type { Instant } from './time.js'

export type RunStatus = 'awaiting-approval' | 'quarantined' | 'executing' | 'finished' | 'stopped'
export type Outcome = 'applied' | 'skipped' | 'failed' | 'unknown' | 'not-attempted'

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

/** planned → intent (durable, charged) → sent → a terminal outcome. */
export interface Step {
  readonly runId: RunId
  readonly position: number
  readonly accountId: AccountId
  readonly action: ActionId
  readonly target: Target
  readonly state: 'intent' | 'sent' | Outcome
  readonly intentAt: Instant | undefined
  readonly attempts: number
  /** The requests that this step makes, fixed when the intent was written. */
  readonly changes: readonly Change[]
  readonly reason?: string
}

export interface Counts {
  readonly applied: number
  readonly skipped: number
  readonly failed: number
  readonly unknown: number
  readonly notAttempted: number
}

export const isTerminal = (state: Step['state']): state is Outcome => state !== 'intent' && state !== 'sent'

/** Counts the results of a run over all planned actions; what no step has reached is not attempted. */
export function countsOf(steps: readonly Step[], planned: number): Counts {
  const of = (state: Outcome) => steps.filter((step) => step.state === state).length
  const [applied, skipped, failed, unknown] = [of('applied'), of('skipped'), of('failed'), of('unknown')]
  return { applied, skipped, failed, unknown, notAttempted: planned - applied - skipped - failed - unknown }
}
