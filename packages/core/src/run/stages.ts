// Stages: a run begins with a canary of a few accounts, continues with a tenth, then with the rest. They count the accounts
// that the run attempted: one that it skipped shows nothing about the others. Execute uses them.

import type { Limits } from '../model/limits.js'
import type { Plan } from '../model/plan.js'
import type { OpenStep, Step } from '../model/step.js'

/** The size of the second stage, in percent of the run. */
const secondPercent = 10

/** A canary is at most half of a run; a run of at most ten accounts has one stage. */
const [mostPercent, fewAccounts] = [50, 10]

/** True if a run attempted to change the account of a step, and the step has ended. */
export const isAttempt = ({ state }: Step | OpenStep): boolean =>
  state === 'applied' || state === 'failed' || state === 'unknown'

/** After how many attempts the canary and the second stage end. */
export function stageEnds(planned: number, limits: Pick<Limits, 'canaryAccounts' | 'canaryPercent'>) {
  const of = (percent: number) => Math.ceil((planned * percent) / 100)
  const most = planned <= fewAccounts ? planned : of(mostPercent)
  const first = Math.min(most, Math.max(limits.canaryAccounts, of(limits.canaryPercent)))
  return [first, Math.min(planned, first + of(secondPercent))] as const
}

/** The stage, from 0, of the next account after a number of attempts. */
export const stageOf = (attempts: number, { actions, limits }: Pick<Plan, 'actions' | 'limits'>): number =>
  stageEnds(actions.length, limits).filter((end) => attempts >= end).length
