// Counts the accounts that a plan excludes, by reason.

import type { Excluded, ExcludedCount, Exclusion } from '../model/exclusion.js'
import { exclusionSummary } from '../policy/exclusion-texts.js'

const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1)

const sorted = (reasons: readonly ExcludedCount[]): readonly ExcludedCount[] =>
  reasons.toSorted((a, b) => compare(a.text, b.text) || compare(a.code, b.code))

export interface ExcludedCounter {
  readonly add: (exclusion: Exclusion, accounts?: number) => void
  /** The counts so far, sorted by text. */
  readonly counts: () => Excluded
}

/** The counts with more accounts for one reason, or fewer. */
export function addCount({ total, reasons }: Excluded, exclusion: Exclusion, accounts: number): Excluded {
  const { code } = exclusion
  const text = exclusionSummary(exclusion)
  const known = reasons.find((one) => one.code === code && one.text === text)
  const count = { code, text, accounts: (known?.accounts ?? 0) + accounts }
  const others = reasons.filter((one) => one !== known)
  return { total: total + accounts, reasons: sorted(count.accounts > 0 ? [...others, count] : others) }
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
      const reasons = sorted([...byReason.values()])
      return { total: reasons.reduce((sum, { accounts }) => sum + accounts, 0), reasons }
    },
  }
}
