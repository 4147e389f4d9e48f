// The scheduler: turns the firings of schedules into plans, one per policy however many it missed, and decides which run.

import { nextOccurrence, previousOccurrence, type Occurrence } from './next-working-day.js'
import { canonicalJson } from '../model/canonical-json.js'
import { makePlan } from '../plan/make-plan.js'
import { approve } from '../run/approve.js'
import { holdForReview } from '../run/review-queue.js'
import {
  readNonWorkingDays,
  isNonWorkingAt,
  defaultNonWorkingDays,
  type NonWorkingDays,
} from '../settings/non-working-days.js'
import { nextFiring, previousFiring, type Schedule } from '../model/schedule.js'
import { UsageError } from '../model/errors.js'
import { brandId, parseAccountId, type AccountId, type OrganizationId, type PlanId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import type { Policy, StoredPolicy } from '../model/policy.js'
import type { Ports } from '../ports.js'
import type { Run } from '../model/run.js'
import { isStopped } from '../settings/stop-switch.js'
import { hour, minute, type Instant } from '../model/time.js'
import { refusalsOf } from '../guard/context.js'

/** A firing that is found later than this was missed: its plan needs approval. */
const missedAfter = 60 * minute
const actor = 'schedule'
const unusable = (error: unknown): UsageError => {
  if (error instanceof UsageError) return error
  throw error
}

/**
 * Finds the firing of a policy that has not been turned into a plan yet, and when it was to act. Without the
 * non-working days a policy that runs by itself is never due.
 */
export function dueFiring(
  { policy, enabled, firedAt, createdAt }: StoredPolicy,
  now: Instant,
  rest: NonWorkingDays | undefined,
): Occurrence | undefined {
  if (!enabled || policy.schedule === undefined) return undefined
  const acting = actingBefore(policy, policy.schedule, now, rest)
  return acting !== undefined && acting.firing > (firedAt ?? createdAt) ? acting : undefined
}

function actingBefore({ approval }: Policy, schedule: Schedule, now: Instant, rest: NonWorkingDays | undefined) {
  if (approval === 'automatic') return rest === undefined ? undefined : previousOccurrence(schedule, now, rest)
  const firing = previousFiring(schedule, now)
  return firing === undefined ? undefined : { at: firing, firing }
}

/** When a policy acts next; undefined when it has no schedule, is disabled, or the non-working days cannot be read. */
export function nextOf(
  { policy, enabled, firedAt, createdAt }: StoredPolicy,
  now: Instant,
  rest: NonWorkingDays | undefined,
): Instant | undefined {
  const { schedule, approval } = policy
  if (!enabled || schedule === undefined) return undefined
  const since = firedAt ?? createdAt
  const after = Math.max(now, since)
  if (approval !== 'automatic') return nextFiring(schedule, after)
  let acting = rest === undefined ? undefined : nextOccurrence(schedule, after, rest)
  while (acting !== undefined && rest !== undefined && acting.firing <= since)
    acting = nextOccurrence(schedule, acting.at, rest)
  return acting?.at
}

/** The plan of one firing has one id, wherever and however often it is made: so one firing makes one run. */
const planIdOf = async (name: string, firing: Instant, { system }: Ports): Promise<PlanId> =>
  brandId((await system.digest(canonicalJson({ name, firing }))).slice(0, 32))

/** Finds the plan of a firing, which another process may have made, or makes it. */
async function planOf(
  { name, policy }: StoredPolicy,
  firing: Instant,
  requesters: readonly AccountId[],
  ports: Ports,
): Promise<Plan | UsageError> {
  const planId = await planIdOf(name, firing, ports)
  const known = await ports.store.plan(planId)
  if (known !== undefined) return known
  const { scope, conditions, limits } = policy
  const [action] = policy.actions
  const request = {
    scope,
    conditions,
    limits,
    action,
    policy,
    group: policy.group,
    picked: undefined,
    scheduled: true,
    by: actor,
  }
  const made = await makePlan({ ...request, source: 'policy' }, requesters, ports, planId).catch(unusable)
  // Of two processes one was first, and its plan is the one that counts.
  return (await ports.store.plan(planId)) ?? made
}

/** Turns a plan into its run. It executes only if the policy allows that, until then, and nothing refuses it. */
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
  const standing = approved.refusals.length > 0 ? 'quarantined' : 'awaiting-approval'
  return holdForReview(plan, standing, actor, approved.refusals, ports)
}

async function fire(
  stored: StoredPolicy,
  { at, firing }: Occurrence,
  rest: NonWorkingDays | undefined,
  organizationId: OrganizationId,
  requesters: readonly AccountId[],
  ports: Ports,
): Promise<Run | undefined> {
  const { store, auditLog, system } = ports
  const { schedule, approval } = stored.policy
  // A firing late in the evening may be found after midnight, when the non-working day has begun.
  const resting = rest === undefined || schedule === undefined || isNonWorkingAt(schedule, system.now(), rest)
  const enabler = parseAccountId(stored.enabledBy ?? '')
  const wanted = enabler === undefined ? requesters : [...requesters, enabler]
  const plan = await planOf(stored, firing, wanted, ports)
  let run: Run | undefined
  if (plan instanceof UsageError) {
    // It names a product or group that is gone. One such policy must not keep the others from firing.
    const fact = { event: 'refused', subject: stored.name, reason: plan.message }
    await auditLog.append({ ...fact, at: system.now(), actor })
  } else {
    const until = approval === 'automatic' && !resting ? at + missedAfter : undefined
    run = await runOf(plan, until, organizationId, ports)
  }
  // Last, so that a firing that was cut off is found again.
  await store.markPolicy(stored.name, { firedAt: at })
  return run
}

/** Throws when the non-working days cannot be read and that keeps a policy from running by itself. */
async function requireNonWorkingDays(rest: NonWorkingDays | UsageError, { store, system }: Ports): Promise<void> {
  if (!(rest instanceof UsageError)) return
  const now = system.now()
  const keeps = (stored: StoredPolicy) =>
    stored.policy.approval === 'automatic' && dueFiring(stored, now, defaultNonWorkingDays) !== undefined
  if ((await store.policies()).some(keeps)) throw rest
}

/** Says whether a policy is due. Where the non-working days cannot be read, firing reports that. */
export async function isDue(ports: Ports): Promise<boolean> {
  if (await isStopped(ports)) return false
  const [now, rest] = [ports.system.now(), await readNonWorkingDays(ports).catch(() => defaultNonWorkingDays)]
  return (await ports.store.policies()).some((stored) => dueFiring(stored, now, rest) !== undefined)
}

/** When the next policy fires; undefined when none does, or the non-working days cannot be read. */
export async function nextFiringOf(ports: Ports): Promise<Instant | undefined> {
  const [now, rest] = [ports.system.now(), await readNonWorkingDays(ports).catch(() => undefined)]
  const times = (await ports.store.policies()).flatMap((stored) => nextOf(stored, now, rest) ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

/** Says whether a sync ended since a firing, within the last hour: a process that was cut off after it does not sync again. */
async function isFresh(at: Instant, { store, system }: Ports): Promise<boolean> {
  const [newest] = await store.snapshots(1)
  if (newest?.asOf === undefined || !newest.complete) return false
  return newest.startedAt >= at && system.now() - newest.asOf < hour
}

/** Fires every policy that is due; `refresh` synchronizes once before the first of them. */
export async function fireDue(
  organizationId: OrganizationId,
  requesters: readonly AccountId[],
  ports: Ports,
  refresh: () => Promise<unknown>,
): Promise<readonly Run[]> {
  const { store, system } = ports
  if (await isStopped(ports)) return []
  const known = (rest: NonWorkingDays | UsageError) => (rest instanceof UsageError ? undefined : rest)
  let rest = await readNonWorkingDays(ports).catch(unusable)
  const found = (await store.policies()).flatMap((stored) => {
    const acting = dueFiring(stored, system.now(), known(rest))
    return acting === undefined ? [] : [{ name: stored.name, at: acting.at }]
  })
  const runs: Run[] = []
  if (found.length > 0 && !(await isFresh(Math.max(...found.map(({ at }) => at)), ports))) await refresh()
  for (const { name } of found) {
    // Read again: somebody may have changed them while the sync went on.
    rest = await readNonWorkingDays(ports).catch(unusable)
    const stored = await store.policy(name)
    const due = stored === undefined ? undefined : dueFiring(stored, system.now(), known(rest))
    if (stored === undefined || due === undefined) continue
    const run = await fire(stored, due, known(rest), organizationId, requesters, ports)
    if (run !== undefined) runs.push(run)
  }
  await requireNonWorkingDays(rest, ports)
  return runs
}
