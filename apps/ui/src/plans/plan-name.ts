// What a plan is called: by its policy, or by where it comes from.
import type { PlanSummary } from '@rollcall/api'
import { messages } from '../messages'

/** What a run is called: by its plan. */
export const nameOfRun = ({
  policy,
  undoOf,
}: {
  readonly policy: string | null
  readonly undoOf: string | null
}): string => nameOfPlan({ policy, source: undoOf === null ? 'policy' : 'undo' })

export function nameOfPlan({ policy, source }: Pick<PlanSummary, 'policy' | 'source'>): string {
  if (source === 'undo') return messages.plans.undoOf(policy ?? messages.plans.picked)
  return policy ?? messages.plans.picked
}
