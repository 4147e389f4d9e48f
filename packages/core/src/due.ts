// Due: turns the firings of schedules into plans, one per policy however many were missed, and says which may run.

import { makePlan, refusalsOf } from './planning.js'
import { approve, park } from './running.js'
import { nextFiring, previousFiring } from './schedule.js'
import type { AccountId, OrganizationId } from './ids.js'
import type { StoredPolicy } from './policy.js'
import type { Ports } from './ports.js'
import type { Run } from './run.js'
import { minute, type Instant } from './time.js'

/** A firing found later than this was missed: its plan waits for a person. */
const missedAfter = 60 * minute
const actor = 'schedule'

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
): Promise<Run> {
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
  const plan = await makePlan({ ...wish, source: 'policy' }, requesters, ports)
  await store.putPolicy({ ...stored, firedAt: firing })
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
  const due = (await store.policies()).flatMap((stored) => {
    const firing = dueFiring(stored, system.now())
    return firing === undefined ? [] : [{ stored, firing }]
  })
  if (due.length === 0) return []
  await refresh()
  const runs: Run[] = []
  for (const { stored, firing } of due) runs.push(await fire(stored, firing, organizationId, requesters, ports))
  return runs
}
