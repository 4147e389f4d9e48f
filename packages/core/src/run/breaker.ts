// Breaker: decides when a run has so many bad results that it must stop. Execute records every result, and asks before each
// account. Each stage is judged by what it attempted, and the whole run by what it plans.

import { actions as actionsById } from '../actions/index.js'
import { formatCount } from '../model/format-count.js'
import type { AccountId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import type { Run } from '../model/run.js'
import type { Step } from '../model/step.js'
import type { Veto } from '../model/veto.js'
import { isAttempt, stageOf } from './stages.js'

/** A canary stops at this many bad results, or at this percentage of its attempts, whichever is more. */
const [canaryLeast, canaryPercent] = [2, 20]
/** In a later stage, one bad result alone stops nothing. */
const stageLeast = 2

const troubles = [
  { limit: 'unknown', what: 'ended unknown' },
  { limit: 'refused', what: 'were refused by Atlassian' },
  { limit: 'restored', what: 'were restored by a person' },
] as const
type Trouble = (typeof troubles)[number]['limit']

/** The results of one stage, or of the whole run. */
type Tally = Record<Trouble | 'attempted', number>
const emptyTally = (): Tally => ({ attempted: 0, unknown: 0, refused: 0, restored: 0 })

const refusals: readonly Step['trouble'][] = ['conflict', 'unexpected-response', 'forbidden']

/** True if Atlassian refused the request itself. A product without free seats does not count. */
const isRefused = ({ state, trouble }: Step): boolean => state === 'failed' && refusals.includes(trouble)

const inPercent = (part: number, whole: number): number => Math.round((1000 * part) / whole) / 10

/** The trouble of a tally that reaches its limit in percent; undefined when none does. */
function overLimit(tally: Tally, of: number, least: number, limits: Plan['limits'], whose: string): string | undefined {
  for (const { limit, what } of troubles) {
    const count = tally[limit]
    if (count < least || (100 * count) / of < limits[limit]) continue
    const figure = `${formatCount(count)} of ${formatCount(of)} accounts${whose} (${inPercent(count, of)} %) ${what}`
    return `${figure}; the run stops at ${limits[limit]} %.`
  }
  return undefined
}

function canaryFailed(tally: Tally): string | undefined {
  const bad = tally.unknown + tally.refused + tally.restored
  const limit = Math.max(canaryLeast, Math.ceil((tally.attempted * canaryPercent) / 100))
  if (bad < limit) return undefined
  const kinds = troubles.filter((one) => tally[one.limit] > 0).map((one) => `${tally[one.limit]} ${one.what}`)
  return `${bad} of the first ${tally.attempted} accounts went wrong (${kinds.join(', ')}); the canary stops at ${limit}.`
}

export interface Breaker {
  /** Counts the result of a step, once per position and in their order. */
  readonly record: (step: Step) => void
  /** Says why the run has to stop, with figure and limit; undefined while it may continue with an account of `stage`. */
  readonly tripped: (stage: number, vetoes: readonly Veto[]) => string | undefined
}

/** Starts counting. Positions before the run's `judgedFrom` do not count: the approver has seen their results. */
export function createBreaker(
  plan: Pick<Plan, 'actions' | 'limits'>,
  { runId: own, judgedFrom = 0 }: Pick<Run, 'runId' | 'judgedFrom'>,
): Breaker {
  const whole = emptyTally()
  const stages: Tally[] = [emptyTally(), emptyTally(), emptyTally()]
  let attempts = 0
  const removedIn = new Map<AccountId, Tally>()

  function countRestored(vetoes: readonly Veto[]): void {
    for (const tally of [whole, ...stages]) tally.restored = 0
    for (const { runId, accountId } of vetoes) {
      const stage = runId === own ? removedIn.get(accountId) : undefined
      if (stage === undefined) continue
      whole.restored += 1
      stage.restored += 1
    }
  }

  return {
    record(step) {
      const stage = stages[stageOf(attempts, plan)] ?? whole
      if (isAttempt(step)) attempts += 1
      if (step.position < judgedFrom) return
      if (actionsById[step.action].removesAccess) removedIn.set(step.accountId, stage)
      for (const tally of [whole, stage]) {
        if (isAttempt(step)) tally.attempted += 1
        if (step.state === 'unknown') tally.unknown += 1
        if (isRefused(step)) tally.refused += 1
      }
    },
    tripped(stage, vetoes) {
      countRestored(vetoes)
      const [canary, ...later] = stages
      const complete = later.slice(0, Math.max(0, stage - 1))
      return (
        (canary && canaryFailed(canary)) ??
        overLimit(whole, plan.actions.length, 1, plan.limits, '') ??
        complete
          .map((tally) => overLimit(tally, tally.attempted, stageLeast, plan.limits, ' of the last stage'))
          .find((why) => why !== undefined)
      )
    },
  }
}
