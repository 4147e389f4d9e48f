// Entries that a restored backup lost: each may have been an intent, so Rollcall charges it to the weekly budget.

import { bounds } from '../model/hard-limits.js'
import type { Instant } from '../model/time.js'
import type { Reconciliation } from '../model/mark.js'

/** How many accounts the lost entries charge to the weekly budget; `Infinity` when their number is unknown. */
export function chargeOfLost(reconciled: Reconciliation | undefined, now: Instant): number {
  if (reconciled === undefined || reconciled.at <= now - bounds.budgetWindow) return 0
  return reconciled.lost ?? Infinity
}
