// What needs attention: a database that is too old, plans that need approval, runs that failed, API keys that expire,
// products that are nearly full, data that is old.

import { keyExpiries } from '../settings/api-keys.js'
import type { Ports } from '../ports.js'
import { describeUnknownTime, untilKnown } from '../model/known-time.js'
import { counted } from '../model/format-count.js'
import { wholeHours, hour } from '../model/time.js'
import { findGap } from '../audit/watermark.js'
import { remedyOf } from '../guard/refusals.js'
import type { Remedy } from '../model/remedy.js'
import { placePhrase } from '../model/product-name.js'
import { readLimits } from '../policy/organization-limits.js'
import { describeGap } from '../audit/gap.js'
import { unplannable } from '../schedule/unplannable.js'
import { unknownData } from './unknown-data.js'
import { licensesOf } from './licenses.js'
import { describeRun } from './describe-run.js'

/** A product with fewer free seats than this, in percent, is nearly full. */
const nearlyFull = 5
const runsExamined = 20

/** The most urgent first. */
const urgencies = ['urgent', 'warning', 'note'] as const
type Urgency = (typeof urgencies)[number]

export const attentionKinds = [
  'quarantined',
  'awaiting-approval',
  'run',
  'policy',
  'key',
  'seats',
  'data',
  'database',
  'clock',
] as const

export interface Attention {
  readonly kind: (typeof attentionKinds)[number]
  readonly urgency: Urgency
  readonly message: string
  readonly planId?: string
  readonly runId?: string
  /** What helps against what blocks the plan, stopped the run, or will expire. */
  readonly remedy?: Remedy
}

async function waitingPlans({ store, system }: Ports): Promise<readonly Attention[]> {
  const found: Attention[] = []
  for (const kind of ['quarantined', 'awaiting-approval'] as const)
    for (const { planId, refusals = [] } of await store.runsWith(kind)) {
      const plan = await store.planHead(planId)
      const name = plan?.policy ?? 'Accounts picked one by one'
      const about = counted(plan?.accounts ?? 0, 'account', 'accounts')
      const old = plan !== undefined && system.now() - plan.createdAt > plan.limits.planAge * hour
      const why = [
        ...(kind === 'quarantined' ? ['is blocked'] : []),
        ...(kind === 'awaiting-approval' && !old ? ['needs approval'] : []),
        ...(old ? ['is too old to approve: discard it'] : []),
      ].join(' and ')
      const message = `"${name}" for ${about} ${why}.`
      const [first, ...more] = old ? [] : refusals
      if (first === undefined) found.push({ kind, urgency: 'warning', planId, message })
      else {
        const others = more.length === 0 ? '' : ` ${counted(more.length, 'more check', 'more checks')} failed.`
        const whole = `${message} ${first.message}${others}`
        found.push({ kind, urgency: 'warning', planId, message: whole, remedy: remedyOf(first) })
      }
    }
  return found
}

/**
 * The newest runs that stopped or left accounts unfinished. A run leaves this list once it was undone, or once a newer
 * run of its policy finished everything: then nothing is left to do.
 */
async function troubledRuns(ports: Ports): Promise<readonly Attention[]> {
  const found: Attention[] = []
  const [undone, replaced] = [new Set<string>(), new Set<string>()]
  // Newest first, so that a newer run that finished everything comes before the run that it replaces.
  for (const run of await ports.store.runs(runsExamined)) {
    if (run.status !== 'finished' && run.status !== 'stopped') continue
    const own = run.undoOf === undefined ? run.policy : undefined
    if (own !== undefined && replaced.has(own)) continue
    const isUndone = undone.has(run.undoOf ?? run.runId)
    const { counts, policy, stopReason, remedy, runId } = await describeRun(run, ports)
    const { failed, unknown } = counts
    if (run.undoOf !== undefined && run.status === 'finished') undone.add(run.undoOf)
    const clean = failed + unknown === 0 && run.status === 'finished'
    if (clean && own !== undefined) replaced.add(own)
    if (clean || isUndone) continue
    const ended = [
      ...(failed === 0 ? [] : [counted(failed, 'failure', 'failures')]),
      ...(unknown === 0 ? [] : [counted(unknown, 'unknown result', 'unknown results')]),
    ]
    const what =
      run.status === 'stopped'
        ? `stopped: ${stopReason ?? 'for an unknown reason'}`
        : `ended with ${ended.join(' and ')}`
    const message = `The ${run.undoOf === undefined ? 'run' : 'undo'} of "${policy ?? 'accounts picked one by one'}" ${what.replace(/\.$/, '')}.`
    found.push({ kind: 'run', urgency: 'warning', runId, message, ...(remedy === null ? {} : { remedy }) })
  }
  return found
}

/** Policies whose schedule fires, but can make no plan: they would never run again without a word. */
async function idlePolicies(ports: Ports): Promise<readonly Attention[]> {
  return (await unplannable(ports)).map(({ name, message, remedy }) => ({
    kind: 'policy',
    urgency: 'warning',
    message: `The schedule of "${name}" could make no plan: ${message}`,
    remedy,
  }))
}

/** API keys that expire within thirty days, or have expired. */
async function expiringKeys(ports: Ports): Promise<readonly Attention[]> {
  const ends = await keyExpiries(ports)
  return ends.flatMap(({ warning, urgency }) => {
    if (warning === null || urgency === null) return []
    const level = urgency === 'last' ? 'urgent' : urgency
    return [{ kind: 'key' as const, urgency: level, message: warning, remedy: 'replace-key' as const }]
  })
}

/** A database that is out of date: no run executes until an admin reconciles. */
async function outdatedDatabase(ports: Ports): Promise<readonly Attention[]> {
  const gap = await findGap(ports)
  return gap === undefined ? [] : [{ kind: 'database', urgency: 'urgent', message: describeGap(gap) }]
}

/** A time that is unknown: nobody loses access until the clocks agree again. */
function unknownTime({ directory }: Ports): readonly Attention[] {
  const time = directory.time()
  if (time.kind === 'known') return []
  const message = `${describeUnknownTime(time)} Nobody counts as inactive and no schedule fires until ${untilKnown(time)}.`
  return [{ kind: 'clock', urgency: 'urgent', message, remedy: 'check-clock' }]
}

/** Collects what needs attention, the most urgent first. */
export async function attention(ports: Ports): Promise<readonly Attention[]> {
  const [snapshot] = await ports.store.snapshotHeads(1)
  const full = licensesOf(snapshot).filter(
    ({ capacity, available }) =>
      capacity !== null && capacity > 0 && available !== null && (available * 100) / capacity < nearlyFull,
  )
  const seats = full.map(({ site, product, available }): Attention => ({
    kind: 'seats',
    urgency: 'note',
    message: `${placePhrase(site, product)} has ${counted(available ?? 0, 'free seat', 'free seats')} left.`,
  }))
  const age = snapshot?.asOf === undefined ? 0 : ports.system.now() - snapshot.asOf
  const limits = await readLimits(ports).catch(() => undefined)
  const old = limits !== undefined && age > limits.snapshotAge * hour
  const data: readonly Attention[] = old
    ? [
        {
          kind: 'data',
          urgency: 'note',
          message: `The newest snapshot is ${wholeHours(age)} hours old, so plans made from it are blocked. Sync now.`,
        },
      ]
    : []
  const unknown = unknownData(snapshot).map((message): Attention => ({ kind: 'data', urgency: 'note', message }))
  const found = [
    ...(await outdatedDatabase(ports)),
    ...unknownTime(ports),
    ...(await expiringKeys(ports)),
    ...(await waitingPlans(ports)),
    ...(await idlePolicies(ports)),
    ...(await troubledRuns(ports)),
    ...data,
    ...unknown,
  ]
  return [...found, ...seats].toSorted((a, b) => urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency))
}
