// Due: turns the firings of schedules into plans, one per policy however many were missed, and says which may run.

import { canonicalJson } from './canonical-json.js'
import { makePlan, refusalsOf } from './planning.js'
import { approve, park } from './running.js'
import { nextFiring, previousFiring } from './schedule.js'
import { UsageError } from './errors.js'
import { brandId, type AccountId, type OrganizationId, type PlanId } from './ids.js'
import type { Plan } from './plan.js'
import type { StoredPolicy } from './policy.js'
import type { Ports } from './ports.js'
import type { Run } from './run.js'
import { isStopped } from './stop-switch.js'
import { minute, type Instant } from './time.js'

/** A firing found later than this was missed: its plan waits for a person. */
const missedAfter = 60 * minute
const actor = 'schedule'
const unusable = (error: unknown): UsageError => {
  if (error instanceof UsageError) return error
  throw error
}

/** Finds the firing of a policy that has not been turned into a plan yet. */
export function dueFiring({ policy, enabled, firedAt, createdAt }: StoredPolicy, now: Instant): Instant | undefined {
  if (!enabled || policy.schedule === undefined) return undefined
  const firing = previousFiring(policy.schedule, now)
  return firing !== undefined && firing > (firedAt ?? createdAt) ? firing : undefined
}

/** The next firing of a policy; undefined when it has none or is disabled. */
export const nextOf = ({ policy, enabled }: StoredPolicy, now: Instant): Instant | undefined =>
  enabled && policy.schedule !== undefined ? nextFiring(policy.schedule, now) : undefined

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
  const [action = 'suspend-access'] = policy.actions
  const wish = {
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
  const made = await makePlan({ ...wish, source: 'policy' }, requesters, ports, planId).catch(unusable)
  // Of two processes one was first, and its plan is the one that counts.
  return (await ports.store.plan(planId)) ?? made
}

/** Turns a plan into its run: executing only when a person allows it beforehand and nothing speaks against it. */
async function runOf(plan: Plan, automatic: boolean, organizationId: OrganizationId, ports: Ports): Promise<Run> {
  const { planId, fingerprint } = plan
  const existing = await ports.store.runOfPlan(planId)
  if (existing !== undefined) return existing
  const refusals = await refusalsOf(plan, organizationId, ports)
  if (refusals.length > 0) return park(plan, 'quarantined', actor, refusals, ports)
  if (!automatic) return park(plan, 'awaiting-approval', actor, [], ports)
  const approved = await approve({ planId, fingerprint, accepted: [], by: actor }, organizationId, ports)
  return 'run' in approved ? approved.run : park(plan, 'quarantined', actor, approved.refusals, ports)
}

async function fire(
  stored: StoredPolicy,
  firing: Instant,
  organizationId: OrganizationId,
  requesters: readonly AccountId[],
  ports: Ports,
): Promise<Run | undefined> {
  const { store, auditLog, system } = ports
  const late = system.now() - firing > missedAfter
  const plan = await planOf(stored, firing, requesters, ports)
  let run: Run | undefined
  if (plan instanceof UsageError) {
    // It names a product or group that is gone. One such policy must not keep the others from firing.
    const fact = { event: 'refused', subject: stored.name, reason: plan.message }
    await auditLog.append({ ...fact, at: system.now(), actor })
  } else run = await runOf(plan, stored.policy.approval === 'automatic' && !late, organizationId, ports)
  // Last, so that a firing that was cut off is found again.
  await store.markPolicy(stored.name, { firedAt: firing })
  return run
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
  const names = (await store.policies())
    .filter((stored) => dueFiring(stored, system.now()) !== undefined)
    .map(({ name }) => name)
  if (names.length === 0) return []
  await refresh()
  const runs: Run[] = []
  for (const name of names) {
    // Read again: somebody may have changed or disabled it while the sync went on.
    const stored = await store.policy(name)
    const firing = stored === undefined ? undefined : dueFiring(stored, system.now())
    if (stored === undefined || firing === undefined) continue
    const run = await fire(stored, firing, organizationId, requesters, ports)
    if (run !== undefined) runs.push(run)
  }
  return runs
}
