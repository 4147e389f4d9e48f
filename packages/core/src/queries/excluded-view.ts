// The counts of excluded accounts, as JSON.

import type { Excluded } from '../model/exclusion.js'

/** Adds the counts by text, which scripts for version 0.1.0 read. */
export function viewExcluded({ total, reasons }: Excluded) {
  const byReason = new Map<string, number>()
  for (const { text, accounts } of reasons) byReason.set(text, (byReason.get(text) ?? 0) + accounts)
  return { total, byReason: Object.fromEntries(byReason), reasons }
}
