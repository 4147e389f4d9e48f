// Undo: a plan of its own that takes back exactly what a run changed, through the same guard and execute.

import { inverseOf } from './change.js'
import { actions } from './actions/index.js'
import type { Draft, Plan, PlannedAction } from './plan.js'
import type { Step } from './step.js'
import type { Instant } from './time.js'

/** Says whether a step may have changed something: applied, unknown, or cut off after sending. */
const changed = ({ state }: Step): boolean => state === 'applied' || state === 'unknown' || state === 'sent'

/**
 * The point of time from which activity spares an account, where the way back takes something away. What a run gave
 * by itself may have been used since it was given. Behind everything else stands a run that took something: what its
 * plan knew is handed on from undo to undo.
 */
function knownActivity(plan: Plan, { action, position, intentAt }: Step): Instant | null {
  const known = plan.actions[position]?.lastActive ?? null
  if (actions[action].takes || plan.source === 'undo' || intentAt === undefined) return known
  return intentAt
}

/**
 * Drafts the way back, newest first, each step with its recorded changes reversed. Where a step had no effect
 * after all, execute finds the earlier state and skips it.
 */
export function draftUndo(plan: Plan, steps: readonly Step[]): Draft {
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
      lastActive: knownActivity(plan, step),
    }
  })
  const byReason: Record<string, number> = {}
  for (const step of steps) {
    if (changed(step)) continue
    const reason =
      step.state === 'skipped'
        ? 'was skipped: nothing to undo'
        : step.state === 'intent'
          ? 'was never sent: nothing to undo'
          : `ended ${step.state}: nothing to undo`
    byReason[reason] = (byReason[reason] ?? 0) + 1
  }
  return { actions: undone, spared: { total: steps.length - undone.length, byReason }, population: plan.population }
}
