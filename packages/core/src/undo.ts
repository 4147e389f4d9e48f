// Undo: a plan of its own that takes back exactly what a run changed, through the same guard and execute.

import { actions, inverseOf } from './actions/index.js'
import type { Draft, Plan, PlannedAction } from './plan.js'
import type { Step } from './step.js'

/**
 * Drafts the way back, newest first, each step with its recorded changes reversed. Steps that were applied, and
 * those whose outcome is unknown: if they had no effect, execute finds the earlier state and skips them.
 */
export function draftUndo(plan: Plan, steps: readonly Step[]): Draft {
  const changed = (step: Step) => step.state === 'applied' || step.state === 'unknown'
  const applied = steps.filter(changed).toSorted((a, b) => b.position - a.position)
  const undone = applied.map((step): PlannedAction => {
    const inverse = actions[step.action].inverse
    const target = { ...step.target, changes: step.changes.map(inverseOf).toReversed() }
    return {
      accountId: step.accountId,
      name: plan.actions[step.position]?.name ?? '',
      action: inverse,
      target,
      reason: `undoes ${actions[step.action].describe(step.target)} of run ${step.runId}`,
      undo: actions[inverse].undo(target),
      lastActive: null,
    }
  })
  const byReason: Record<string, number> = {}
  for (const step of steps) {
    if (changed(step)) continue
    const reason = step.state === 'skipped' ? 'was skipped: nothing to undo' : `ended ${step.state}: nothing to undo`
    byReason[reason] = (byReason[reason] ?? 0) + 1
  }
  return { actions: undone, spared: { total: steps.length - undone.length, byReason }, population: plan.population }
}
