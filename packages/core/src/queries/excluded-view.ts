// The accounts that a plan excludes, as people and scripts read their counts.

import type { Excluded } from '../model/exclusion.js'

/** Adds the counts by sentence, which scripts of version 0.1.0 read. */
export function viewExcluded({ total, reasons }: Excluded) {
  const byReason = new Map<string, number>()
  for (const { text, accounts } of reasons) byReason.set(text, (byReason.get(text) ?? 0) + accounts)
  return { total, byReason: Object.fromEntries(byReason), reasons }
}
