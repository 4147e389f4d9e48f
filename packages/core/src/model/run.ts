// A run: one approved plan on its way through Atlassian, step by step, durable at each.

import { brandId, type PlanId, type RunId } from './ids.js'
import type { Plan } from './plan.js'
import type { Refusal, RefusalCode } from './refusal.js'
import type { System } from './system.js'
import type { Instant } from './time.js'

export type RunStatus = 'awaiting-approval' | 'quarantined' | 'discarded' | 'executing' | 'finished' | 'stopped'

/** A run that has begun: what waits for a person, or never ran, is a plan still. */
export const begunStatuses = ['executing', 'finished', 'stopped'] as const satisfies readonly RunStatus[]

/** What made a run stop before its end; it can be resumed once the cause is gone. */
export type HaltCause = 'credentials' | 'unavailable' | 'stop-switch' | 'breaker'

export interface Run {
  readonly runId: RunId
  readonly planId: PlanId
  /** The policy of its plan; absent where that has none, and in runs of earlier versions. */
  readonly policy?: string
  readonly status: RunStatus
  readonly approvedBy: string
  readonly accepted: readonly RefusalCode[]
  readonly startedAt: Instant
  /** When it was approved, where it had waited for a person or stopped before. */
  readonly approvedAt?: Instant
  readonly finishedAt?: Instant
  /** Why the run stopped before its end, for the admin. */
  readonly stopReason?: string
  readonly haltCause?: HaltCause
  /** What quarantined it, with the figures of that moment. */
  readonly refusals?: readonly Refusal[]
  /** Who discarded it: it never runs. */
  readonly discardedBy?: string
  /** The run that it undoes: such a run goes first in the lane. */
  readonly undoOf?: RunId
  /** How many of its stages are behind it: the canary, then a tenth, then the rest. */
  readonly stage?: number
  /** It rests until then, so that people can notice what its first accounts met with. */
  readonly restUntil?: Instant
  /** The breaker judges the steps from this position on: who resumes a halted run has seen what was before. */
  readonly judgedFrom?: number
  /** Raised by one with each update: compare-and-set. */
  readonly revision: number
}

/** The run that a plan begins with. */
export const newRun = (
  plan: Pick<Plan, 'planId' | 'policy' | 'undoOf'>,
  status: RunStatus,
  by: string,
  accepted: readonly RefusalCode[],
  { system }: { readonly system: Pick<System, 'now' | 'newId'> },
): Run => ({
  runId: brandId<RunId>(system.newId()),
  planId: plan.planId,
  status,
  approvedBy: by,
  accepted,
  startedAt: system.now(),
  revision: 1,
  ...(plan.policy === null ? {} : { policy: plan.policy }),
  ...(plan.undoOf === null ? {} : { undoOf: plan.undoOf }),
})
