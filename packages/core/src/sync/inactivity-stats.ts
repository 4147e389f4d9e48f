// Inactivity statistics: how many active accounts of a snapshot were inactive, for how long, and in which product. Sync
// counts them. The anomaly check compares them, so that it finds wrong dates in one product, not only in the total.

import { actsInAtlassian } from '../actions/activity-in-atlassian.js'
import {
  believed,
  lastActiveAnywhere,
  statusOf,
  withActivityInAtlassian,
  type Account,
  type LastActive,
} from '../model/account.js'
import { paidSeatsOf } from '../model/paid-seat.js'
import { isPerson } from '../model/person.js'
import type { Plan } from '../model/plan.js'
import { shortestInactivity } from '../policy/condition-tree.js'
import { placePhrase } from '../model/product-name.js'
import { day, type Instant } from '../model/time.js'
import type { InactivityCounts, SnapshotHead } from '../model/snapshot.js'

/** The periods in days; each has its own count. */
const inactivityDays = [7, 14, 30, 60, 90, 180, 365] as const
/** The period that the count of the whole organization uses. */
const organizationDays = 90

const anywhere = 'anywhere'
/** The count of managed accounts by their activity in all of Atlassian. */
const inAtlassian = 'atlassian'

/** True if an account counts as inactive in the whole organization; one that was never active does. */
export function isInactiveAnywhere(account: Account, now: Instant): boolean {
  if (statusOf(account) !== 'active' || !isPerson(account)) return false
  const last = lastActiveAnywhere(account)
  return last.kind === 'at' ? last.at < now - organizationDays * day : last.kind === 'never'
}

type Counted = readonly (readonly [key: string, last: LastActive])[]

function addTo(
  before: InactivityCounts,
  accounts: readonly Account[],
  now: Instant,
  countedOf: (account: Account) => Counted,
): InactivityCounts {
  const counts = new Map(
    Object.entries(before).map(([key, { people, inactive }]) => [key, { people, inactive: [...inactive] }]),
  )
  const count = (key: string, last: LastActive): void => {
    const known = counts.get(key) ?? { people: 0, inactive: inactivityDays.map(() => 0) }
    known.people += 1
    const from = last.kind === 'at' ? last.at : last.kind === 'never' ? last.since : now
    for (const [index, days] of inactivityDays.entries())
      if (from < now - days * day) known.inactive[index] = (known.inactive[index] ?? 0) + 1
    counts.set(key, known)
  }
  for (const account of accounts) {
    if (statusOf(account) !== 'active' || !isPerson(account)) continue
    for (const [key, last] of countedOf(account)) count(key, last)
  }
  return Object.fromEntries(counts)
}

/** Adds the accounts of a portion to the counts so far. */
export const countInactive = (before: InactivityCounts, accounts: readonly Account[], now: Instant): InactivityCounts =>
  addTo(before, accounts, now, (account) => [
    [anywhere, lastActiveAnywhere(account)],
    ...paidSeatsOf(account).map(({ workspace, lastActive }) => [workspace, believed(lastActive)] as const),
  ])

/** Adds managed accounts to the counts so far, by their activity in all of Atlassian; unknown is not inactive. */
export const countInactiveInAtlassian = (
  before: InactivityCounts,
  accounts: readonly Account[],
  now: Instant,
): InactivityCounts =>
  addTo(before, accounts, now, (account) => {
    const { lastActiveInAtlassian: last } = account
    if (last === undefined) return []
    return [[inAtlassian, last.kind === 'at' ? lastActiveAnywhere(withActivityInAtlassian(account)) : last]]
  })

/** A percentage of inactive accounts that guard compares between snapshots: in the organization, or in a policy's product. */
export interface Metric {
  /** Undefined for the whole organization, whose counts every snapshot has. */
  readonly place: { readonly key: string; readonly index: number } | undefined
  /** The counted accounts, as a phrase. */
  readonly who: string
}
export const organizationMetric: Metric = { place: undefined, who: 'inactive accounts' }

/** How many accounts a metric counts in a snapshot, and how many of them are inactive; undefined when it counts none. */
export function readMetric({ place }: Metric, snapshot: SnapshotHead): readonly [number, number] | undefined {
  if (place === undefined) {
    const people = snapshot.people ?? snapshot.accounts
    return people === 0 ? undefined : [people, snapshot.inactive]
  }
  const counted = snapshot.inactiveIn?.[place.key]
  const inactive = counted?.inactive[place.index]
  return counted === undefined || inactive === undefined || counted.people === 0
    ? undefined
    : [counted.people, inactive]
}

/** Every metric of a snapshot except the one of the organization. */
export const metricsOf = ({ inactiveIn = {} }: Pick<SnapshotHead, 'inactiveIn'>) =>
  Object.keys(inactiveIn).flatMap((key) => inactivityDays.map((_, index) => ({ place: { key, index }, who: key })))

/** The metrics for the dates that a plan uses: of its product or the organization, and for an action that acts there, of all of Atlassian. */
export function metricsFor(
  plan: Pick<Plan, 'actions' | 'conditions' | 'createdAt' | 'scope'>,
  { seats }: Pick<SnapshotHead, 'seats'>,
): readonly Metric[] {
  const age = plan.conditions === null ? undefined : shortestInactivity(plan.conditions, plan.createdAt)
  if (age === undefined) return []
  const index = Math.max(
    0,
    inactivityDays.findLastIndex((days) => days * day <= age),
  )
  const { scope } = plan
  const days = `for ${inactivityDays[index]} days`
  const everywhere = plan.actions.some(({ action }) => actsInAtlassian(action))
    ? [{ place: { key: inAtlassian, index }, who: `managed accounts inactive ${days} in all of Atlassian` }]
    : []
  if (scope === 'organization')
    return [{ place: { key: anywhere, index }, who: `accounts inactive ${days}` }, ...everywhere]
  const workspace = seats.find(({ site, product }) => site === scope.site && product === scope.product)?.ari
  if (workspace === undefined) return everywhere
  const who = `accounts inactive ${days} in ${placePhrase(scope.site, scope.product)}`
  return [{ place: { key: workspace, index }, who }, ...everywhere]
}
