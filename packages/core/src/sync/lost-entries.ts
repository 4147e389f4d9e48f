// Entries that a restored backup lost: each may have been an intent, so Rollcall charges it to the weekly budget.

import { bounds } from '../model/hard-limits.js'
import type { Ports } from '../ports.js'
import type { Instant } from '../model/time.js'
import type { Mark } from '../model/mark.js'

/** The newest reconciliation of a database, and how many audit entries were lost by then; null when unknown. */
export type Reconciled = NonNullable<Mark['reconciled']>

/** Reads the newest reconciliation; undefined when there was none, or the watermark is unreadable. */
export const lastReconciled = async ({ watermark }: Pick<Ports, 'watermark'>): Promise<Reconciled | undefined> =>
  (await watermark.read().catch(() => undefined))?.reconciled

/** How many accounts the lost entries charge to the weekly budget; `Infinity` when their number is unknown. */
export function chargeOfLost(reconciled: Reconciled | undefined, now: Instant): number {
  if (reconciled === undefined || reconciled.at <= now - bounds.budgetWindow) return 0
  return reconciled.lost ?? Infinity
}
