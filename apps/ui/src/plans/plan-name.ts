// The name of a plan: that of its policy, or its source.
import type { PlanSummary } from '@rollcall/api'
import { messages } from '../messages'

/** A run has the name of its plan. */
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
