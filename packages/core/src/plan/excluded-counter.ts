// Counts the accounts that a plan excludes, by reason.

import type { Excluded, ExcludedCount, Exclusion } from '../model/exclusion.js'
import { exclusionSummary } from '../policy/exclusion-texts.js'

const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1)

export interface ExcludedCounter {
  readonly add: (exclusion: Exclusion, accounts?: number) => void
  /** The counts so far, sorted by text. */
  readonly counts: () => Excluded
}

/** Starts counting. */
export function excludedCounter(): ExcludedCounter {
  const byReason = new Map<string, ExcludedCount>()
  return {
    add(exclusion, accounts = 1) {
      const { code } = exclusion
      const text = exclusionSummary(exclusion)
      const key = `${code} ${text}`
      byReason.set(key, { code, text, accounts: (byReason.get(key)?.accounts ?? 0) + accounts })
    },
    counts() {
      const reasons = [...byReason.values()].toSorted((a, b) => compare(a.text, b.text) || compare(a.code, b.code))
      return { total: reasons.reduce((sum, { accounts }) => sum + accounts, 0), reasons }
    },
  }
}
