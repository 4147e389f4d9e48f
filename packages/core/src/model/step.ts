// A step: the execution of one planned action. The store keeps each of its states.

import type { ActionId } from './action-id.js'
import type { Target } from './target.js'
import type { Change } from './change.js'
import type { AccountState } from './account-state.js'
import type { DirectoryErrorCode } from './errors.js'
import type { ExclusionCode } from './exclusion.js'
import type { AccountId, RunId } from './ids.js'
import type { Instant } from './time.js'

export type Outcome = 'applied' | 'skipped' | 'failed' | 'unknown' | 'not-attempted'

/** Fields that a step lacks before Rollcall sends its request. */
interface NotSent {
  readonly sentAt?: undefined
}
/** Fields that a step lacks before it ends. */
interface NotEnded {
  readonly endedAt?: undefined
  readonly trouble?: undefined
  readonly reason?: undefined
  readonly exclusion?: undefined
}

interface StepOf<State extends string> {
  readonly state: State
  readonly runId: RunId
  /** Index into the plan's actions. */
  readonly position: number
  readonly accountId: AccountId
  readonly action: ActionId
  readonly target: Target
  readonly attempts: number
  /** The requests that this step makes, fixed when the intent was written. */
  readonly changes: readonly Change[]
  /** How many of the changes, from the first, Atlassian has accepted or already showed: they are never sent again. */
  readonly accepted?: number | undefined
  /** The state of the account when Rollcall wrote the intent: what an undo has to restore. */
  readonly before?: AccountState | undefined
}

/** An action that the run has not begun; the store has no step for it. */
export interface PlannedStep extends StepOf<'planned'>, NotSent, NotEnded {
  readonly intentAt?: undefined
}

/** The store has the intent and has charged it to the weekly budget; Rollcall has sent no request. */
export interface IntendedStep extends StepOf<'intent'>, NotSent, NotEnded {
  readonly intentAt: Instant
}

/** Rollcall sent a request, or was about to. Atlassian may have accepted some of the changes. */
export interface SentStep extends StepOf<'sent'>, NotEnded {
  readonly intentAt: Instant
  /** When Rollcall sent the request for the next change, or was about to; undefined while it awaits no response. */
  readonly sentAt?: Instant | undefined
}

export interface EndedStep extends StepOf<Outcome> {
  /** Undefined for steps that ended before their intent was written. */
  readonly intentAt?: Instant | undefined
  readonly sentAt?: Instant | undefined
  readonly endedAt?: Instant | undefined
  /** Why Atlassian did not do it; undefined where it did, and where Rollcall sent no request. */
  readonly trouble?: DirectoryErrorCode | undefined
  readonly reason?: string | undefined
  /** Why Rollcall skipped the account, as a code; absent where it did not, and in steps of earlier versions. */
  readonly exclusion?: ExclusionCode | undefined
}

/** A step as the store holds it: intent → sent → read back → a terminal outcome. */
export type Step = IntendedStep | SentStep | EndedStep
/** A step that has not ended. */
export type OpenStep = PlannedStep | IntendedStep | SentStep

export interface Counts {
  readonly applied: number
  readonly skipped: number
  readonly failed: number
  readonly unknown: number
  readonly notAttempted: number
}

export const hasEnded = (step: Step): step is EndedStep => step.state !== 'intent' && step.state !== 'sent'

/** Groups steps by account, in their order. */
export function stepsByAccount(steps: readonly Step[]): ReadonlyMap<AccountId, readonly Step[]> {
  const grouped = new Map<AccountId, Step[]>()
  for (const step of steps) {
    const known = grouped.get(step.accountId)
    if (known === undefined) grouped.set(step.accountId, [step])
    else known.push(step)
  }
  return grouped
}

/** True once a run has sent a request or ended a step. An intent alone has changed nothing. */
export const hasBegun = (steps: readonly Step[]): boolean =>
  steps.some(({ state, attempts }) => state !== 'intent' || attempts > 0)

/** Counts the results of all planned actions. An action whose step has not ended counts as not attempted. */
export function countsOf(steps: readonly Step[], planned: number): Counts {
  const of = (state: Outcome) => steps.filter((step) => step.state === state).length
  const [applied, skipped, failed, unknown] = [of('applied'), of('skipped'), of('failed'), of('unknown')]
  return { applied, skipped, failed, unknown, notAttempted: planned - applied - skipped - failed - unknown }
}
