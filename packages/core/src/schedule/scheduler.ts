// The scheduler: makes plans from the occurrences of schedules, one per policy however many it missed, and starts their runs.

import { chainedReason } from '../audit/chained-reason.js'
import { notePlanned } from './unplannable.js'
import { nextRunTime, previousRunTime, type RunTime } from './next-working-day.js'
import { canonicalJson } from '../model/canonical-json.js'
import type { Asking } from '../plan/ask-planned.js'
import { makePlan } from '../plan/make-plan.js'
import { policyRequest } from '../plan/plan-request.js'
import { approve } from '../run/approve.js'
import { holdForReview } from '../run/review-queue.js'
import {
  readNonWorkingDays,
  isNonWorkingAt,
  defaultNonWorkingDays,
  type NonWorkingDays,
} from '../settings/non-working-days.js'
import { nextOccurrence, previousOccurrence, type Schedule } from '../model/schedule.js'
import { UsageError } from '../model/errors.js'
import { brandId, parseAccountId, type AccountId, type OrganizationId, type PlanId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import type { Policy, StoredPolicy } from '../model/policy.js'
import type { Ports } from '../ports.js'
import type { Run } from '../model/run.js'
import { isStopped } from '../settings/stop-switch.js'
import { hour, minute, type Instant } from '../model/time.js'
import { refusalsOf } from '../guard/context.js'
import { discardOlder } from './supersede.js'

/** An occurrence that the scheduler finds later than this is missed: its plan needs approval. */
const missedAfter = 60 * minute
const actor = 'schedule'
const unusable = (error: unknown): UsageError => {
  if (error instanceof UsageError) return error
  throw error
}

/**
 * Finds the occurrence for which a policy has no plan yet, and when it should run. Without the non-working days, a policy with
 * automatic approval is never due.
 */
export function dueRunTime(
  { policy, enabled, firedAt, createdAt }: StoredPolicy,
  now: Instant,
  nonWorkingDays: NonWorkingDays | undefined,
): RunTime | undefined {
  if (!enabled || policy.schedule === undefined) return undefined
  const runTime = newestRunTime(policy, policy.schedule, now, nonWorkingDays)
  return runTime !== undefined && runTime.occurrence > (firedAt ?? createdAt) ? runTime : undefined
}

function newestRunTime(
  { approval }: Policy,
  schedule: Schedule,
  now: Instant,
  nonWorkingDays: NonWorkingDays | undefined,
) {
  if (approval === 'automatic')
    return nonWorkingDays === undefined ? undefined : previousRunTime(schedule, now, nonWorkingDays)
  const occurrence = previousOccurrence(schedule, now)
  return occurrence === undefined ? undefined : { at: occurrence, occurrence }
}

/** When a policy runs next; undefined when it has no schedule, is disabled, or the non-working days are unreadable. */
export function nextOf(
  { policy, enabled, firedAt, createdAt }: StoredPolicy,
  now: Instant,
  nonWorkingDays: NonWorkingDays | undefined,
): Instant | undefined {
  const { schedule, approval } = policy
  if (!enabled || schedule === undefined) return undefined
  const since = firedAt ?? createdAt
  const after = Math.max(now, since)
  if (approval !== 'automatic') return nextOccurrence(schedule, after)
  let runTime = nonWorkingDays === undefined ? undefined : nextRunTime(schedule, after, nonWorkingDays)
  while (runTime !== undefined && nonWorkingDays !== undefined && runTime.occurrence <= since)
    runTime = nextRunTime(schedule, runTime.at, nonWorkingDays)
  return runTime?.at
}

/** The id of an occurrence's plan: always the same, so that one occurrence makes one run. */
const planIdOf = async (name: string, occurrence: Instant, { system }: Ports): Promise<PlanId> =>
  brandId((await system.digest(canonicalJson({ name, firing: occurrence }))).slice(0, 32))

/** Finds the plan of an occurrence, which another process may have made, or makes it. */
async function planOf(
  { name, policy }: StoredPolicy,
  occurrence: Instant,
  requesters: readonly AccountId[],
  ports: Ports,
  asking: Asking,
): Promise<Plan | UsageError> {
  const planId = await planIdOf(name, occurrence, ports)
  const known = await ports.store.plan(planId)
  if (known !== undefined) return known
  const request = policyRequest(policy, { source: 'policy', scheduled: true, by: actor })
  const made = await makePlan(request, requesters, ports, planId, asking).catch(unusable)
  // Another process may have been first: then its plan counts.
  return (await ports.store.plan(planId)) ?? made
}

/** Makes the run of a plan. It executes only when guard refuses nothing, and only before `until`; else it needs approval. */
async function runOf(
  plan: Plan,
  until: Instant | undefined,
  organizationId: OrganizationId,
  ports: Ports,
): Promise<Run> {
  const { planId, fingerprint } = plan
  const existing = await ports.store.runOfPlan(planId)
  if (existing !== undefined) return existing
  const refusals = await refusalsOf(plan, organizationId, ports)
  if (refusals.length > 0) return holdForReview(plan, 'quarantined', actor, refusals, ports)
  if (until === undefined || ports.system.now() > until)
    return holdForReview(plan, 'awaiting-approval', actor, [], ports)
  const approved = await approve({ planId, fingerprint, accepted: [], by: actor, until }, organizationId, ports)
  if ('run' in approved) return approved.run
  const status = approved.refusals.length > 0 ? 'quarantined' : 'awaiting-approval'
  return holdForReview(plan, status, actor, approved.refusals, ports)
}

async function fire(
  stored: StoredPolicy,
  { at, occurrence }: RunTime,
  nonWorkingDays: NonWorkingDays | undefined,
  organizationId: OrganizationId,
  requesters: readonly AccountId[],
  ports: Ports,
  asking: Asking,
): Promise<Run | undefined> {
  const { store, auditLog, system } = ports
  const { schedule, approval } = stored.policy
  // The scheduler may find a late occurrence after midnight, when a non-working day has begun.
  const nonWorking =
    nonWorkingDays === undefined || schedule === undefined || isNonWorkingAt(schedule, system.now(), nonWorkingDays)
  const enabler = parseAccountId(stored.enabledBy ?? '')
  const wanted = enabler === undefined ? requesters : [...requesters, enabler]
  const plan = await planOf(stored, occurrence, wanted, ports, asking)
  let run: Run | undefined
  if (plan instanceof UsageError) {
    // It names a product or group that is gone. Such a policy must not prevent the others from firing.
    const fact = { event: 'refused' as const, subject: stored.name, reason: plan.message }
    await auditLog.append(...chainedReason({ ...fact, at: system.now(), actor }))
  } else {
    const until = approval === 'automatic' && !nonWorking ? at + missedAfter : undefined
    run = await runOf(plan, until, organizationId, ports)
    await discardOlder(plan, actor, ports)
  }
  await notePlanned(stored, plan, ports)
  // Last, so that the scheduler finds an interrupted occurrence again.
  await store.setPolicyState(stored.name, { firedAt: at })
  return run
}

/** Throws when the non-working days are unreadable and a policy with automatic approval is due. */
async function requireNonWorkingDays(
  nonWorkingDays: NonWorkingDays | UsageError,
  { store, system }: Ports,
): Promise<void> {
  if (!(nonWorkingDays instanceof UsageError)) return
  const now = system.now()
  const waits = (stored: StoredPolicy) =>
    stored.policy.approval === 'automatic' && dueRunTime(stored, now, defaultNonWorkingDays) !== undefined
  if ((await store.policies()).some(waits)) throw nonWorkingDays
}

/** True if a policy is due. If the non-working days are unreadable, firing reports that. */
export async function isDue(ports: Ports): Promise<boolean> {
  if (await isStopped(ports)) return false
  const [now, nonWorkingDays] = [ports.system.now(), await readNonWorkingDays(ports).catch(() => defaultNonWorkingDays)]
  return (await ports.store.policies()).some((stored) => dueRunTime(stored, now, nonWorkingDays) !== undefined)
}

/** When the next policy fires; undefined when none does, or the non-working days are unreadable. */
export async function earliestRunTime(ports: Ports): Promise<Instant | undefined> {
  const [now, nonWorkingDays] = [ports.system.now(), await readNonWorkingDays(ports).catch(() => undefined)]
  const times = (await ports.store.policies()).flatMap((stored) => nextOf(stored, now, nonWorkingDays) ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

/** True if a sync has run since an occurrence and ended within the last hour. Then the scheduler does not sync again. */
async function isFresh(at: Instant, { store, system }: Ports): Promise<boolean> {
  const [newest] = await store.snapshotHeads(1)
  if (newest?.asOf === undefined || !newest.complete) return false
  return newest.startedAt >= at && system.now() - newest.asOf < hour
}

/** Fires every policy that is due; `refresh` syncs once before the first of them. Returns their runs. */
export async function fireDue(
  organizationId: OrganizationId,
  requesters: readonly AccountId[],
  ports: Ports,
  refresh: () => Promise<unknown>,
  asking: Asking = {},
): Promise<readonly Run[]> {
  const { store, system } = ports
  if (await isStopped(ports)) return []
  const known = (nonWorkingDays: NonWorkingDays | UsageError) =>
    nonWorkingDays instanceof UsageError ? undefined : nonWorkingDays
  let nonWorkingDays = await readNonWorkingDays(ports).catch(unusable)
  const found = (await store.policies()).flatMap((stored) => {
    const runTime = dueRunTime(stored, system.now(), known(nonWorkingDays))
    return runTime === undefined ? [] : [{ name: stored.name, at: runTime.at }]
  })
  const runs: Run[] = []
  if (found.length > 0 && !(await isFresh(Math.max(...found.map(({ at }) => at)), ports))) await refresh()
  // Nobody knows then whether anything is due. The occurrences stay due until the time is known again.
  if (ports.directory.time().kind === 'unknown') return runs
  for (const { name } of found) {
    // Read again: somebody may have changed them during the sync.
    nonWorkingDays = await readNonWorkingDays(ports).catch(unusable)
    const stored = await store.policy(name)
    const due = stored === undefined ? undefined : dueRunTime(stored, system.now(), known(nonWorkingDays))
    if (stored === undefined || due === undefined) continue
    const run = await fire(stored, due, known(nonWorkingDays), organizationId, requesters, ports, asking)
    if (run !== undefined) runs.push(run)
  }
  await requireNonWorkingDays(nonWorkingDays, ports)
  return runs
}
