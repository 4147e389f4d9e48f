// A run: the execution of one plan. The store keeps each of its steps.

import { brandId, type PlanId, type RunId } from './ids.js'
import type { Plan } from './plan.js'
import type { Refusal, RefusalCode } from './refusal.js'
import type { System } from './system.js'
import type { Instant } from './time.js'

export const runStatuses = [
  'awaiting-approval',
  'quarantined',
  'discarded',
  'executing',
  'finished',
  'stopped',
  'cancelled',
] as const
export type RunStatus = (typeof runStatuses)[number]

/** Statuses of a run that has begun, or that somebody ended before; until then, screens show it as a plan. */
export const begunStatuses = ['executing', 'finished', 'stopped', 'cancelled'] as const satisfies readonly RunStatus[]

/** Why a run stopped before its end; it can be resumed once the cause is gone. */
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
  /** When a person approved it, where it had waited for approval or had stopped. */
  readonly approvedAt?: Instant
  readonly finishedAt?: Instant
  /** Why the run stopped before its end, for the admin. */
  readonly stopReason?: string
  readonly haltCause?: HaltCause
  /** The refusal that stopped it. */
  readonly stoppedBy?: Pick<Refusal, 'code' | 'cause'>
  /** The refusals that quarantined it, with the figures of that time. */
  readonly refusals?: readonly Refusal[]
  /** What the approver accepted, with the figures of that time. Absent in runs of earlier versions. */
  readonly overruled?: readonly Refusal[]
  /** Who discarded it, or cancelled it before anybody approved it; such a run never begins. */
  readonly discardedBy?: string
  /** Who cancelled it; a cancelled run never goes on. */
  readonly cancelledBy?: string
  /** The run was cancelled while a request of it was open: a worker still has to read back what Atlassian shows. */
  readonly settling?: true
  /** The run that it undoes: undo runs go before all others. */
  readonly undoOf?: RunId
  /** It gives access back only to accounts that a person named; the rest of that run stays as it is. */
  readonly partial?: true
  /** How many stages it has completed: the canary, then a tenth, then the rest. */
  readonly stage?: number
  /** End of the canary pause, in which people can notice problems with the first accounts. */
  readonly restUntil?: Instant
  /** The first position that the breaker counts: a person who resumes a halted run has seen the earlier results. */
  readonly judgedFrom?: number
  /** Grows by one with each update, for compare-and-set. */
  readonly revision: number
}

/** The newest of a run's times. */
export const newestInstant = ({ startedAt, approvedAt, finishedAt }: Run): Instant =>
  Math.max(startedAt, approvedAt ?? startedAt, finishedAt ?? startedAt)

/** Makes a new run of a plan, with a new id. */
export const newRun = (
  plan: Pick<Plan, 'planId' | 'policy' | 'undoOf' | 'partial'>,
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
  ...(plan.partial === true ? { partial: true } : {}),
})
