// What needs a person: plans that wait, runs that failed, products that are nearly full, data that is old.

import { describeRun, licensesOf } from './overview.js'
import { readLimits } from './limits.js'
import type { Ports } from './ports.js'
import { wholeHours, hour } from './time.js'

/** A product with fewer free seats than this, in percent, is nearly full. */
const nearlyFull = 5
const runsLookedAt = 20

export interface Attention {
  readonly kind: 'quarantined' | 'awaiting-approval' | 'run' | 'seats' | 'data'
  readonly message: string
  readonly planId?: string
  readonly runId?: string
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

async function waitingPlans({ store }: Ports): Promise<readonly Attention[]> {
  const found: Attention[] = []
  for (const kind of ['quarantined', 'awaiting-approval'] as const)
    for (const { planId, refusals = [] } of await store.runsWith(kind)) {
      const plan = await store.plan(planId)
      const name = plan?.policy ?? 'Accounts picked by hand'
      const about = counted(plan?.actions.length ?? 0, 'account', 'accounts')
      const codes = refusals.map(({ code }) => code).join(', ')
      const why = kind === 'quarantined' ? `was refused (${codes})` : 'waits for approval'
      found.push({ kind, planId, message: `"${name}" for ${about} ${why}.` })
    }
  return found
}

async function troubledRuns(ports: Ports): Promise<readonly Attention[]> {
  const found: Attention[] = []
  for (const run of await ports.store.runs(runsLookedAt)) {
    if (run.status !== 'finished' && run.status !== 'stopped') continue
    const { counts, policy, stopReason, runId } = await describeRun(run, ports)
    const { failed, unknown } = counts
    if (failed + unknown === 0 && run.status === 'finished') continue
    const ended = [counted(failed, 'failure', 'failures'), counted(unknown, 'unknown outcome', 'unknown outcomes')]
    const what =
      run.status === 'stopped' ? `stopped: ${stopReason ?? 'unknown why'}` : `ended with ${ended.join(' and ')}`
    found.push({ kind: 'run', runId, message: `The run of "${policy ?? 'accounts picked by hand'}" ${what}.` })
  }
  return found
}

/** Collects what needs a person, the most urgent first. */
export async function attention(ports: Ports): Promise<readonly Attention[]> {
  const [snapshot] = await ports.store.snapshots(1)
  const full = licensesOf(snapshot).filter(
    ({ capacity, available }) =>
      capacity !== null && capacity > 0 && available !== null && (available * 100) / capacity < nearlyFull,
  )
  const seats = full.map(({ site, product, available }): Attention => ({
    kind: 'seats',
    message: `${product} on ${site} has ${counted(available ?? 0, 'free seat', 'free seats')} left.`,
  }))
  const age = snapshot?.asOf === undefined ? 0 : ports.system.now() - snapshot.asOf
  const limits = await readLimits(ports).catch(() => undefined)
  const old = limits !== undefined && age > limits.snapshotAge * hour
  const data: readonly Attention[] = old
    ? [
        {
          kind: 'data',
          message: `The roll is ${wholeHours(age)} hours old: plans made of it are refused. Take it again.`,
        },
      ]
    : []
  return [...(await waitingPlans(ports)), ...(await troubledRuns(ports)), ...data, ...seats]
}
