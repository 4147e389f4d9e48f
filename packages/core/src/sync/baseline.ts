// The baseline: the percentage of inactive accounts with which guard compares later snapshots. A snapshot whose percentage
// jumped, because Atlassian's dates were wrong, never becomes the baseline, however many such snapshots follow: each one
// stores the baseline of the one before.

import { metricsOf, readMetric, organizationMetric, type Metric } from './inactivity-stats.js'
import type { SnapshotHead } from '../model/snapshot.js'

/** How many of the newest snapshots to read; some of them may be of another organization. */
export const snapshotsExamined = 30

/** Rounds to one decimal, so that the check compares the number that an admin reads. */
export const tenths = (value: number): number => Math.round(value * 10) / 10
export const percent = (part: number, whole: number): number => (whole === 0 ? 0 : tenths((100 * part) / whole))

/** The percentage of inactive accounts in a snapshot; undefined when none was counted. */
export function inactivePercentage(snapshot: SnapshotHead, metric: Metric = organizationMetric): number | undefined {
  const read = readMetric(metric, snapshot)
  return read && percent(read[1], read[0])
}

/** The baseline that an earlier snapshot stores. */
const carriedOn = ({ place }: Metric, { baseline, baselineIn }: SnapshotHead): number | undefined =>
  place === undefined ? baseline : (baselineIn?.[place.key]?.[place.index] ?? undefined)

/** This many newly inactive accounts are no anomaly, whatever their percentage of a small product. */
const fewAccounts = 2

function jumpLimit(changes: readonly number[], points: number): number {
  const sorted = changes
    .slice(-5)
    .map(Math.abs)
    .toSorted((a, b) => a - b)
  return Math.max(points, 2 * (sorted[Math.floor(sorted.length / 2)] ?? 0))
}

/** The baseline, and by how much a snapshot may exceed it; one that exceeds it by more never becomes the baseline. */
function baselineOf(
  earlier: readonly SnapshotHead[],
  points: number,
  metric: Metric = organizationMetric,
): { readonly baseline: number | undefined; readonly limit: number } {
  let baseline: number | undefined
  const changes: number[] = []
  for (const one of earlier.toReversed()) {
    const percentage = one.complete ? inactivePercentage(one, metric) : undefined
    const rose = baseline === undefined || percentage === undefined ? 0 : tenths(percentage - baseline)
    const next =
      carriedOn(metric, one) ?? (percentage !== undefined && rose <= jumpLimit(changes, points) ? percentage : baseline)
    if (percentage !== undefined && baseline !== undefined && next === percentage) changes.push(rose)
    baseline = next
  }
  return { baseline, limit: jumpLimit(changes, points) }
}

/** By how many points a snapshot exceeds the baseline, and by how many it may; undefined without a baseline. */
export function riseOf(
  snapshot: SnapshotHead,
  earlier: readonly SnapshotHead[],
  points: number,
  metric: Metric = organizationMetric,
): { readonly rise: number; readonly limit: number } | undefined {
  const read = readMetric(metric, snapshot)
  const { baseline, limit } = baselineOf(earlier, points, metric)
  if (read === undefined || baseline === undefined) return undefined
  const least = metric.place === undefined ? 0 : percent(fewAccounts, read[0])
  return { rise: tenths(percent(read[1], read[0]) - baseline), limit: Math.max(limit, least) }
}

/** A metric's baseline after a snapshot: the snapshot's own percentage, unless it rose too much or is incomplete. */
function baselineNow(
  snapshot: SnapshotHead,
  earlier: readonly SnapshotHead[],
  points: number,
  metric: Metric,
): number | undefined {
  const percentage = snapshot.complete ? inactivePercentage(snapshot, metric) : undefined
  const risen = riseOf(snapshot, earlier, points, metric)
  const jumped = risen !== undefined && risen.rise > risen.limit
  return percentage === undefined || jumped ? baselineOf(earlier, points, metric).baseline : percentage
}

type Baselines = Pick<SnapshotHead, 'baseline' | 'baselineIn'>

function baselinesBy(snapshot: SnapshotHead, of: (metric: Metric) => number | undefined): Baselines {
  const baselineIn: Record<string, (number | null)[]> = {}
  for (const metric of metricsOf(snapshot))
    (baselineIn[metric.place.key] ??= [])[metric.place.index] = of(metric) ?? null
  return { baseline: of(organizationMetric), baselineIn }
}

/** The baselines after a snapshot, for all its metrics. */
export const baselineAfter = (snapshot: SnapshotHead, earlier: readonly SnapshotHead[], points: number): Baselines =>
  baselinesBy(snapshot, (metric) => baselineNow(snapshot, earlier, points, metric))

/** A snapshot's own percentages as the baselines from now on. */
export const asBaseline = (snapshot: SnapshotHead): Baselines =>
  baselinesBy(snapshot, (metric) => inactivePercentage(snapshot, metric))
