// Anomaly: the share of quiet people that is usual. A roll in which it has jumped, since Atlassian's dates were wrong,
// never becomes what is usual, however many such rolls follow one another: each head hands on what was usual before it.

import type { SnapshotId } from './ids.js'
import type { Snapshot } from './organization.js'
import type { Ports } from './ports.js'

/** So many of the newest snapshots are looked at; those of another organization may lie between them. */
export const heads = 30

/** Rounds to one decimal, so that what a person reads is what is compared. */
export const tenths = (value: number): number => Math.round(value * 10) / 10
export const percent = (part: number, whole: number): number => (whole === 0 ? 0 : tenths((100 * part) / whole))

/** How many active people of a snapshot are quiet, in percent of its accounts. */
export const quietShare = ({ quiet, accounts }: Pick<Snapshot, 'quiet' | 'accounts'>): number =>
  percent(quiet, accounts)

function jumpLimit(changes: readonly number[], points: number): number {
  const sorted = changes
    .slice(-5)
    .map(Math.abs)
    .toSorted((a, b) => a - b)
  return Math.max(points, 2 * (sorted[Math.floor(sorted.length / 2)] ?? 0))
}

/** The share of quiet accounts that is usual, and the rise that is; a snapshot that rose more never becomes usual. */
export function usualShare(
  earlier: readonly Snapshot[],
  points: number,
): { readonly usual: number | undefined; readonly limit: number } {
  let usual: number | undefined
  const changes: number[] = []
  for (const one of earlier.toReversed()) {
    const share = quietShare(one)
    const counts = one.complete && one.accounts > 0
    const rose = usual === undefined ? 0 : tenths(share - usual)
    const next = one.usual ?? (counts && rose <= jumpLimit(changes, points) ? share : usual)
    if (counts && usual !== undefined && next === share) changes.push(rose)
    usual = next
  }
  return { usual, limit: jumpLimit(changes, points) }
}

/** What is usual once a snapshot is read: its own share, unless it rose too much or is incomplete. */
export function usualAfter(
  snapshot: Pick<Snapshot, 'quiet' | 'accounts' | 'complete'>,
  earlier: readonly Snapshot[],
  points: number,
): number | undefined {
  const { usual, limit } = usualShare(earlier, points)
  if (!snapshot.complete || snapshot.accounts === 0) return usual
  const share = quietShare(snapshot)
  return usual !== undefined && tenths(share - usual) > limit ? usual : share
}

/** A person has accepted that a snapshot's share is right: it is usual from there on, and for what was read since. */
export async function takeAsUsual(snapshotId: SnapshotId, points: number, { store }: Ports): Promise<void> {
  const [snapshot, all] = [await store.snapshot(snapshotId), await store.snapshots(heads)]
  if (snapshot === undefined) return
  const own = all.filter(({ organization }) => organization.id === snapshot.organization.id)
  const before = own.filter(({ startedAt }) => startedAt < snapshot.startedAt)
  let known: readonly Snapshot[] = [{ ...snapshot, usual: quietShare(snapshot) }, ...before]
  for (const one of own.filter(({ startedAt }) => startedAt > snapshot.startedAt).toReversed())
    known = [{ ...one, usual: usualAfter(one, known, points) }, ...known]
  for (const one of known.slice(0, known.length - before.length)) await store.putSnapshot(one)
}
