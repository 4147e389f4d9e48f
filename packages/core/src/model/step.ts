// A step: one planned action on its way through Atlassian, durable at each stage.

import type { ActionId } from './action-id.js'
import type { Target } from './target.js'
import type { Change } from './change.js'
import type { AccountState } from './account-state.js'
import type { DirectoryErrorCode } from './errors.js'
import type { ExclusionCode } from './exclusion.js'
import type { AccountId, RunId } from './ids.js'
import type { Instant } from './time.js'

export type Outcome = 'applied' | 'skipped' | 'failed' | 'unknown' | 'not-attempted'

/** intent (durable, charged to the budget) → sent → read back → a terminal outcome. */
export interface Step {
  readonly runId: RunId
  /** Index into the plan's actions. */
  readonly position: number
  readonly accountId: AccountId
  readonly action: ActionId
  readonly target: Target
  readonly state: 'intent' | 'sent' | Outcome
  /** When the intent was written; undefined for steps that Rollcall skipped before it. */
  readonly intentAt: Instant | undefined
  readonly attempts: number
  /** The requests that this step makes, fixed when the intent was written. */
  readonly changes: readonly Change[]
  /** So many of the changes, from the first, Atlassian has accepted or showed already: they are never sent again. */
  readonly accepted?: number | undefined
  /** When the request for the next change left, or was about to; undefined while no answer is awaited. */
  readonly leftAt?: Instant | undefined
  /** How the account was when the intent was written: what an undo has to bring back. */
  readonly before?: AccountState | undefined
  /** When the outcome was recorded. */
  readonly endedAt?: Instant | undefined
  /** Why Atlassian did not do it; undefined where it did, and where it was not asked. */
  readonly trouble?: DirectoryErrorCode | undefined
  readonly reason?: string
  /** Why Rollcall skipped the account, as a code; absent where it did not, and in steps of earlier versions. */
  readonly exclusion?: ExclusionCode | undefined
}

export interface Counts {
  readonly applied: number
  readonly skipped: number
  readonly failed: number
  readonly unknown: number
  readonly notAttempted: number
}

export const isTerminal = (state: Step['state']): state is Outcome => state !== 'intent' && state !== 'sent'

/** Says whether anything was sent or has ended in a run: an intent alone has changed nothing yet. */
export const hasBegun = (steps: readonly Step[]): boolean =>
  steps.some(({ state, attempts }) => state !== 'intent' || attempts > 0)

/** Counts the results of a run over all planned actions; what no step has finished is not attempted. */
export function countsOf(steps: readonly Step[], planned: number): Counts {
  const of = (state: Outcome) => steps.filter((step) => step.state === state).length
  const [applied, skipped, failed, unknown] = [of('applied'), of('skipped'), of('failed'), of('unknown')]
  return { applied, skipped, failed, unknown, notAttempted: planned - applied - skipped - failed - unknown }
}
