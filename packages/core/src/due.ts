// Due: turns the firings of schedules into plans, one per policy however many were missed, and says which may run.

import { makePlan, refusalsOf } from './planning.js'
import { approve, park } from './running.js'
import { nextFiring, previousFiring } from './schedule.js'
import { UsageError } from './errors.js'
import type { AccountId, OrganizationId } from './ids.js'
import type { StoredPolicy } from './policy.js'
import type { Ports } from './ports.js'
import type { Run } from './run.js'
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

async function fire(
  stored: StoredPolicy,
  firing: Instant,
  organizationId: OrganizationId,
  requesters: readonly AccountId[],
  ports: Ports,
): Promise<Run | undefined> {
  const { store, system } = ports
  const { policy } = stored
  const late = system.now() - firing > missedAfter
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
  const plan = await makePlan({ ...wish, source: 'policy' }, requesters, ports).catch(unusable)
  const current = await store.policy(stored.name)
  if (current !== undefined) await store.putPolicy({ ...current, firedAt: firing })
  if (plan instanceof UsageError) {
    // It names a product or group that is gone. One such policy must not keep the others from firing.
    const fact = { event: 'refused', subject: stored.name, reason: plan.message }
    await ports.auditLog.append({ ...fact, at: system.now(), actor })
    return undefined
  }
  const refusals = await refusalsOf(plan, organizationId, ports)
  if (refusals.length > 0) return park(plan, 'quarantined', actor, ports)
  if (policy.approval === 'required' || late) return park(plan, 'awaiting-approval', actor, ports)
  const approved = await approve(
    { planId: plan.planId, fingerprint: plan.fingerprint, accepted: [], by: actor },
    organizationId,
    ports,
  )
  return 'run' in approved ? approved.run : park(plan, 'quarantined', actor, ports)
}

/** Fires every policy that is due; `refresh` synchronizes once before the first of them. */
export async function fireDue(
  organizationId: OrganizationId,
  requesters: readonly AccountId[],
  ports: Ports,
  refresh: () => Promise<unknown>,
): Promise<readonly Run[]> {
  const { store, system } = ports
  if ((await store.setting('stopped')) === 'yes') return []
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
