// Anomaly: the share of quiet people that is usual. A roll in which it has jumped, since Atlassian's dates were wrong,
// never becomes what is usual, however many such rolls follow one another: each head hands on what was usual before it.

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

/**
 * A person says that the share of the newest snapshot is right: later ones are compared with it. Accepting the code
 * `anomaly` says that of one run only. Answers the share, in percent; undefined while there is no complete snapshot.
 */
export async function takeAsUsual(by: string, { store, auditLog, system }: Ports): Promise<number | undefined> {
  const [newest] = await store.snapshots(1)
  if (newest === undefined || !newest.complete) return undefined
  const share = quietShare(newest)
  const details = { share, before: newest.usual ?? null }
  await auditLog.append({ at: system.now(), actor: by, event: 'taken-as-usual', subject: newest.id, details })
  await store.putSnapshot({ ...newest, usual: share, takenAsUsual: true })
  return share
}
