// Anomaly: the share of quiet people that is usual. A roll in which it has jumped, since Atlassian's dates were wrong,
// never becomes what is usual, however many such rolls follow one another: each head hands on what was usual before it.
import { metricsOf, readMetric, organizationMetric, type Metric } from './inactivity-stats.js'
import type { Snapshot } from '../model/snapshot.js'

/** So many of the newest snapshots are looked at; those of another organization may lie between them. */
export const snapshotsExamined = 30

/** Rounds to one decimal, so that what a person reads is what is compared. */
export const tenths = (value: number): number => Math.round(value * 10) / 10
export const percent = (part: number, whole: number): number => (whole === 0 ? 0 : tenths((100 * part) / whole))

/** The share of quiet people in a snapshot, in percent; undefined where nobody was counted. */
export function inactivePercentage(snapshot: Snapshot, gauge: Metric = organizationMetric): number | undefined {
  const read = readMetric(gauge, snapshot)
  return read && percent(read[1], read[0])
}

/** What an earlier roll has handed on as usual. */
const handedOn = ({ place }: Metric, { usual, usualIn }: Snapshot): number | undefined =>
  place === undefined ? usual : (usualIn?.[place.key]?.[place.index] ?? undefined)

/** Among few people, this many who grow quiet are no anomaly, whatever share they make. */
const fewPeople = 2

function jumpLimit(changes: readonly number[], points: number): number {
  const sorted = changes
    .slice(-5)
    .map(Math.abs)
    .toSorted((a, b) => a - b)
  return Math.max(points, 2 * (sorted[Math.floor(sorted.length / 2)] ?? 0))
}

/** The share of quiet people that is usual, and the rise that is; a snapshot that rose more never becomes usual. */
function baselineOf(
  earlier: readonly Snapshot[],
  points: number,
  gauge: Metric = organizationMetric,
): { readonly usual: number | undefined; readonly limit: number } {
  let usual: number | undefined
  const changes: number[] = []
  for (const one of earlier.toReversed()) {
    const share = one.complete ? inactivePercentage(one, gauge) : undefined
    const rose = usual === undefined || share === undefined ? 0 : tenths(share - usual)
    const next = handedOn(gauge, one) ?? (share !== undefined && rose <= jumpLimit(changes, points) ? share : usual)
    if (share !== undefined && usual !== undefined && next === share) changes.push(rose)
    usual = next
  }
  return { usual, limit: jumpLimit(changes, points) }
}

/** How far the share of a snapshot rose over what is usual, and how far it may; undefined where that cannot be told. */
export function riseOf(
  snapshot: Snapshot,
  earlier: readonly Snapshot[],
  points: number,
  gauge: Metric = organizationMetric,
): { readonly rise: number; readonly limit: number } | undefined {
  const read = readMetric(gauge, snapshot)
  const { usual, limit } = baselineOf(earlier, points, gauge)
  if (read === undefined || usual === undefined) return undefined
  const least = gauge.place === undefined ? 0 : percent(fewPeople, read[0])
  return { rise: tenths(percent(read[1], read[0]) - usual), limit: Math.max(limit, least) }
}

/** What is usual by a gauge once a snapshot is read: its own share, unless it rose too much or is incomplete. */
function baselineNow(
  snapshot: Snapshot,
  earlier: readonly Snapshot[],
  points: number,
  gauge: Metric,
): number | undefined {
  const share = snapshot.complete ? inactivePercentage(snapshot, gauge) : undefined
  const risen = riseOf(snapshot, earlier, points, gauge)
  const jumped = risen !== undefined && risen.rise > risen.limit
  return share === undefined || jumped ? baselineOf(earlier, points, gauge).usual : share
}

type Usual = Pick<Snapshot, 'usual' | 'usualIn'>

function baselinesBy(snapshot: Snapshot, of: (gauge: Metric) => number | undefined): Usual {
  const usualIn: Record<string, (number | null)[]> = {}
  for (const gauge of metricsOf(snapshot)) (usualIn[gauge.place.key] ??= [])[gauge.place.index] = of(gauge) ?? null
  return { usual: of(organizationMetric), usualIn }
}

/** What is usual once a snapshot is read, in everything that it counts. */
export const baselineAfter = (snapshot: Snapshot, earlier: readonly Snapshot[], points: number): Usual =>
  baselinesBy(snapshot, (gauge) => baselineNow(snapshot, earlier, points, gauge))

/** A snapshot's own shares, as what is usual from now on. */
export const asBaseline = (snapshot: Snapshot): Usual =>
  baselinesBy(snapshot, (gauge) => inactivePercentage(snapshot, gauge))
