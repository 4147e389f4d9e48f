// The rolling budget: what all runs have charged in its window, and what those under way are still going to charge.

import { bounds } from '../model/hard-limits.js'
import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'
import { chargeOfLost, lastReconciled } from '../sync/lost-entries.js'

/**
 * Intents of the budget's window, and those that other runs are still going to write: all that are approved, or only
 * those that have begun. What the plan's own run has recorded is left out, since guard counts the whole plan.
 */
export async function spentWeeklyBudget(
  { planId }: Plan,
  others: 'approved' | 'begun',
  { store, watermark, system }: Ports,
) {
  let remaining = 0
  for (const run of await store.runsWith('executing')) {
    if (run.planId === planId) continue
    const recorded = (await store.steps(run.runId)).length
    if (others === 'begun' && recorded === 0) continue
    remaining += ((await store.planHead(run.planId))?.accounts ?? 0) - recorded
  }
  const own = await store.runOfPlan(planId)
  const recorded = own === undefined ? 0 : (await store.steps(own.runId)).length
  const lost = chargeOfLost(await lastReconciled({ watermark }), system.now())
  // Read last: an intent that is written meanwhile counts twice rather than not at all.
  return remaining - recorded + lost + (await store.intentsSince(system.now() - bounds.budgetWindow))
}
