// What a restored backup has lost: each lost audit entry may have been an intent, and is charged to the weekly budget.

import { bounds } from '../model/hard-limits.js'
import type { Ports } from '../ports.js'
import type { Instant } from '../model/time.js'
import type { Mark } from '../model/mark.js'

/** When a database was reconciled last, and how many audit entries were lost by then; null where nobody can tell. */
export type Reconciled = NonNullable<Mark['reconciled']>

/** Reads the newest reconciliation; undefined when there was none, or the watermark cannot be read. */
export const lastReconciled = async ({ watermark }: Pick<Ports, 'watermark'>): Promise<Reconciled | undefined> =>
  (await watermark.read().catch(() => undefined))?.reconciled

/** What lost entries charge to the budget: each may have been an intent, and where nobody can tell, all of it is spent. */
export function chargeOfLost(reconciled: Reconciled | undefined, now: Instant): number {
  if (reconciled === undefined || reconciled.at <= now - bounds.budgetWindow) return 0
  return reconciled.lost ?? Infinity
}
