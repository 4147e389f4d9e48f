// Retention of work: plans with their actions, runs and steps, and the heads of snapshots are removed once they are older
// than the retention of the audit log. An undo stays possible for that long.

import { asReadResult } from '../model/errors.js'
import type { RunId, SnapshotId } from '../model/ids.js'
import type { PlanHead } from '../model/plan.js'
import { newestInstant, type Run, type RunStatus } from '../model/run.js'
import { day, type Instant } from '../model/time.js'
import type { Ports } from '../ports.js'
import { vetoesInForce } from './vetoes.js'
import { snapshotsExamined } from '../sync/baseline.js'
import { readRetention } from '../audit/retention.js'
import { snapshotsCharted } from '../sync/snapshot-retention.js'

/** A person can still decide about a run of these statuses, or it goes on. */
const openStatuses = ['awaiting-approval', 'quarantined', 'executing', 'stopped'] as const satisfies RunStatus[]
/** How many plans to read at once. */
const atOnce = 100

export interface RemovedWork {
  readonly plans: number
  readonly runs: number
  readonly accounts: number
  readonly snapshots: number
}

/** What the plans of now refer to: their age does not matter. */
async function inUse(
  ports: Ports,
): Promise<{ readonly runs: ReadonlySet<RunId>; readonly plans: ReadonlySet<string> }> {
  const { store } = ports
  const runs = new Set((await vetoesInForce(ports)).map(({ runId }) => runId))
  for (const status of openStatuses)
    for (const { undoOf } of await store.runsWith(status)) if (undoOf !== undefined) runs.add(undoOf)
  const plans = new Set<string>((await store.listPlans({ limit: 1 })).plans.map(({ planId }) => planId))
  for (const { name, previewedIn } of await store.policies()) {
    if (previewedIn !== undefined) plans.add(previewedIn)
    for (const { planId } of (await store.listRuns({ policy: name, limit: 1 })).runs) plans.add(planId)
  }
  return { runs, plans }
}

const isClosed = ({ status, settling }: Run): boolean =>
  !openStatuses.some((open) => open === status) && settling !== true

/** Splits the plans made before an instant: those to remove, and the snapshots of those that stay. */
async function oldPlans(before: Instant, ports: Ports) {
  const { store } = ports
  const used = await inUse(ports)
  const removed: { readonly plan: PlanHead; readonly run: Run | undefined }[] = []
  const snapshots = new Set<SnapshotId>()
  for (let after: PlanHead | undefined; ;) {
    const plans = await store.plansBefore(before, atOnce, after)
    for (const plan of plans) {
      const run = await store.runOfPlan(plan.planId)
      const over = run === undefined || (isClosed(run) && newestInstant(run) < before && !used.runs.has(run.runId))
      if (over && !used.plans.has(plan.planId)) removed.push({ plan, run })
      else snapshots.add(plan.snapshotId)
    }
    after = plans.at(-1)
    if (plans.length < atOnce) return { removed, snapshots }
  }
}

/** The old snapshots of which nobody reads the head: neither guard and the charts, nor a sync, nor a plan that stays. */
async function oldSnapshots(before: Instant, needed: ReadonlySet<SnapshotId>, { store }: Ports) {
  const unfinished = await store.unfinishedSnapshot()
  const newest = new Set((await store.snapshotHeads(Math.max(snapshotsExamined, snapshotsCharted))).map(({ id }) => id))
  return (await store.snapshotsBefore(before)).filter(
    (id) => !newest.has(id) && !needed.has(id) && id !== unfinished?.id,
  )
}

/**
 * Removes what is older than the retention of the audit log, both at `now`, which is Atlassian's time, and at the time of
 * the newest entry. Logs it first. Removes nothing while the retention is unreadable.
 */
export async function pruneWork(by: string, now: Instant, ports: Ports): Promise<RemovedWork | undefined> {
  const { store, auditLog, system } = ports
  const [head, days] = [await auditLog.head(), await asReadResult(readRetention(ports))]
  if (head === undefined || typeof days !== 'number') return undefined
  const before = Math.min(now, head.fact.at) - days * day
  const { removed, snapshots } = await oldPlans(before, ports)
  const heads = await oldSnapshots(before, snapshots, ports)
  if (removed.length === 0 && heads.length === 0) return undefined
  const counts: RemovedWork = {
    plans: removed.length,
    runs: removed.filter(({ run }) => run !== undefined).length,
    accounts: removed.reduce((sum, { plan }) => sum + plan.accounts, 0),
    snapshots: heads.length,
  }
  await auditLog.append({ at: system.now(), actor: by, event: 'old-work-removed', details: { ...counts, days } })
  for (const { plan } of removed) {
    await store.dropPlan(plan.planId)
    await system.wait(0) // lets requests in between
  }
  await store.dropSnapshots(heads)
  return counts
}
