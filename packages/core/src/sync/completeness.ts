// Completeness: whether a snapshot has the accounts that Atlassian counts. Accounts come and go during a sync, and the count
// of some organizations is wrong for good.

import type { Snapshot } from '../model/snapshot.js'

/** How much the listed and the counted accounts may differ, in percent; a few accounts always may. */
const [tolerance, fewAccounts] = [0.5, 2]
/** A difference that stays the same for so many syncs lies in the count, up to this percentage. */
const [syncsAlike, lastingTolerance] = [3, 1]

type Counted = Pick<Snapshot, 'accounts' | 'expected'>
const difference = ({ accounts, expected }: Counted): number => accounts - expected

/** How many accounts may be missing or too many. An organization of a few accounts may lack none: that would be many. */
export const allowedDifference = (counted: number): number =>
  Math.max(counted < 20 ? 0 : fewAccounts, Math.floor((counted * tolerance) / 100))

export const isComplete = (listed: number, counted: number): boolean =>
  Math.abs(listed - counted) <= allowedDifference(counted)

/**
 * The difference between the listed and the counted accounts, where it was the same in the syncs before: then the list
 * is complete. `earlier` are the finished snapshots of the organization, newest first. Each one was read to its last page.
 */
export function lastingDifference(now: Counted, earlier: readonly Counted[]): number | undefined {
  const differs = difference(now)
  const alike = earlier.slice(0, syncsAlike - 1)
  const lasts = alike.length === syncsAlike - 1 && alike.every((one) => difference(one) === differs)
  const isSmall = Math.abs(differs) * 100 <= now.expected * lastingTolerance
  return lasts && isSmall && !isComplete(now.accounts, now.expected) ? differs : undefined
}
