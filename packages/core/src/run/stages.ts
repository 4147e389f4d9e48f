// Stages: a run begins with its canary, a few accounts; then a tenth; then the rest. Called by execute.

import type { Limits } from '../model/limits.js'
import type { Plan } from '../model/plan.js'

/** So many percent of a run's accounts follow on the canary before all the rest. */
const secondPercent = 10

/** Half of a run is no canary; below so many accounts there is too little to tell apart. */
const [mostPercent, fewAccounts] = [50, 10]

/** The positions at which the canary and the second stage end. */
export function stageEnds(planned: number, limits: Pick<Limits, 'canaryAccounts' | 'canaryPercent'>) {
  const of = (percent: number) => Math.ceil((planned * percent) / 100)
  const most = planned <= fewAccounts ? planned : of(mostPercent)
  const first = Math.min(most, Math.max(limits.canaryAccounts, of(limits.canaryPercent)))
  return [first, Math.min(planned, first + of(secondPercent))] as const
}

/** The stage, from 0, to which a position of the plan belongs. */
export const stageOf = (position: number, { actions, limits }: Pick<Plan, 'actions' | 'limits'>): number =>
  stageEnds(actions.length, limits).filter((end) => position >= end).length
