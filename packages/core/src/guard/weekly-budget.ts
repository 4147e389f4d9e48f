// The weekly budget: how many accounts all runs have charged in the last seven days, and how many they will still charge.

import { bounds } from '../model/hard-limits.js'
import type { Reconciliation } from '../model/mark.js'
import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'
import { chargeOfLost } from '../sync/lost-entries.js'

/**
 * Counts the intents of the last seven days, and those that other runs will still write: all approved runs, or only those
 * that have begun. Leaves out the plan's own run, since guard counts the whole plan. Adds what a restored database has lost.
 */
export async function spentWeeklyBudget(
  { planId }: Plan,
  others: 'approved' | 'begun',
  reconciled: Reconciliation | undefined,
  { store, system }: Ports,
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
  const lost = chargeOfLost(reconciled, system.now())
  // Read last: a new intent meanwhile counts twice rather than not at all.
  return remaining - recorded + lost + (await store.intentsSince(system.now() - bounds.budgetWindow))
}
