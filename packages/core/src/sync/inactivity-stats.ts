// Quiet: how many active people of a snapshot were quiet, for how long, in what. Counted while the roll is taken, and
// compared by the anomaly gate: wrong dates show where a policy looks, not only at ninety days of everything.

import { lastActiveAnywhere, statusOf, type Account, type LastActive } from '../model/account.js'
import type { Plan } from '../model/plan.js'
import { shortestInactivity } from '../policy/condition-tree.js'
import { placePhrase } from '../model/product-name.js'
import { day, type Instant } from '../model/time.js'
import type { InactivityCounts, Snapshot } from '../model/snapshot.js'

/** For how many days somebody is quiet; each is counted by itself. */
const inactivityDays = [7, 14, 30, 60, 90, 180, 365] as const
/** What the count of the whole organization goes by. */
const wholeDays = 90

const anywhere = 'anywhere'

/** Says whether an account counts as quiet in the whole organization, the never-active included. */
export function isInactiveAnywhere(account: Account, now: Instant): boolean {
  if (statusOf(account) !== 'active') return false
  const last = lastActiveAnywhere(account)
  return last.kind === 'at' ? last.at < now - wholeDays * day : last.kind === 'never'
}

/** Adds the accounts of a portion to what was counted before. */
export function countInactive(before: InactivityCounts, accounts: readonly Account[], now: Instant): InactivityCounts {
  const counts = new Map(Object.entries(before).map(([key, { people, quiet }]) => [key, { people, quiet: [...quiet] }]))
  const count = (key: string, last: LastActive): void => {
    const known = counts.get(key) ?? { people: 0, quiet: inactivityDays.map(() => 0) }
    known.people += 1
    const from = last.kind === 'at' ? last.at : last.kind === 'never' ? last.since : now
    for (const [index, days] of inactivityDays.entries())
      if (from < now - days * day) known.quiet[index] = (known.quiet[index] ?? 0) + 1
    counts.set(key, known)
  }
  for (const account of accounts) {
    if (statusOf(account) !== 'active') continue
    count(anywhere, lastActiveAnywhere(account))
    for (const { workspace, lastActive } of account.products) count(workspace, lastActive)
  }
  return Object.fromEntries(counts)
}

/** One share of quiet people that snapshots are compared by: of the whole organization, or of what a policy looks at. */
export interface Metric {
  /** Undefined for the whole organization, whose counts every snapshot has. */
  readonly place: { readonly key: string; readonly index: number } | undefined
  /** For people: who is counted. */
  readonly who: string
}
export const organizationMetric: Metric = { place: undefined, who: 'inactive accounts' }

/** How many people a gauge counts in a snapshot, and how many of them are quiet; undefined where nobody was counted. */
export function readMetric(
  { place }: Metric,
  { accounts, quiet, quietIn }: Snapshot,
): readonly [number, number] | undefined {
  if (place === undefined) return accounts === 0 ? undefined : [accounts, quiet]
  const counted = quietIn?.[place.key]
  const quietOnes = counted?.quiet[place.index]
  return counted === undefined || quietOnes === undefined || counted.people === 0
    ? undefined
    : [counted.people, quietOnes]
}

/** Every gauge that a snapshot has, besides that of the whole. */
export const metricsOf = ({ quietIn = {} }: Pick<Snapshot, 'quietIn'>) =>
  Object.keys(quietIn).flatMap((key) => inactivityDays.map((_, index) => ({ place: { key, index }, who: key })))

/** What the dates that a plan goes by show: those of its product, at the nearest shorter time that is counted. */
export function metricFor(
  plan: Pick<Plan, 'conditions' | 'createdAt' | 'scope'>,
  { seats }: Pick<Snapshot, 'seats'>,
): Metric | undefined {
  const age = plan.conditions === null ? undefined : shortestInactivity(plan.conditions, plan.createdAt)
  if (age === undefined) return undefined
  const index = Math.max(
    0,
    inactivityDays.findLastIndex((days) => days * day <= age),
  )
  const { scope } = plan
  const days = `for ${inactivityDays[index]} days`
  if (scope === 'organization') return { place: { key: anywhere, index }, who: `accounts inactive ${days}` }
  const workspace = seats.find(({ site, product }) => site === scope.site && product === scope.product)?.ari
  if (workspace === undefined) return undefined
  return {
    place: { key: workspace, index },
    who: `accounts inactive ${days} in ${placePhrase(scope.site, scope.product)}`,
  }
}
