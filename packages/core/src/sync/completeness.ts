// Completeness: whether a snapshot has the accounts that Atlassian counts. Accounts come and go during a sync, and the count
// of some organizations is wrong for good.

import type { Snapshot } from '../model/snapshot.js'

/** How much the listed and the counted accounts may differ, in percent. */
const tolerance = 0.5
/** So many accounts may always differ, as long as they are no larger part of a small organization, in percent. */
const [fewAccounts, smallTolerance] = [2, 10]
/** A difference that stays the same for so many syncs lies in the count, up to this percentage. */
const [syncsAlike, lastingTolerance] = [3, 1]

type Counted = Pick<Snapshot, 'accounts' | 'expected'>
const difference = ({ accounts, expected }: Counted): number => accounts - expected

/** How many accounts may be missing or too many. */
export const allowedDifference = (counted: number): number =>
  Math.max(Math.floor((counted * tolerance) / 100), Math.min(fewAccounts, Math.floor((counted * smallTolerance) / 100)))

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
