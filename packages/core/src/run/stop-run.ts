// Stops runs that must not continue: when guard refuses one, and at once when an admin uses the stop switch or changes
// something that a run depends on. A stopped run needs its own approval to continue.

import { chainedReason } from '../audit/chained-reason.js'
import { checkpointRun } from '../audit/checkpoint.js'
import { guardContext } from '../guard/context.js'
import { guard } from '../guard/guard.js'
import { notAccepted } from '../guard/refusals.js'
import { spentWeeklyBudget } from '../guard/weekly-budget.js'
import type { Organization } from '../model/organization.js'
import type { Plan } from '../model/plan.js'
import type { Refusal } from '../model/refusal.js'
import type { HaltCause, Run } from '../model/run.js'
import { next } from '../model/run-life.js'
import { hasBegun } from '../model/step.js'
import type { Ports } from '../ports.js'

/** How often Rollcall tries to stop a run that another process writes at the same time. */
const tries = 10

/** What stopped a run: a refusal of guard, or another cause. */
export type StoppedBy = Pick<Run, 'stoppedBy'> & { readonly cause?: HaltCause }

/** The refusal or the cause behind it, as the run stores it. */
export function stoppedByRefusal({ code, cause }: Refusal): StoppedBy {
  if (code === 'stopped') return { cause: 'stop-switch' }
  return { stoppedBy: { code, ...(cause === undefined ? {} : { cause }) } }
}

/**
 * The refusal that stops a run from continuing, whatever an approver accepted. Guard checks everything at the first step.
 * Later, Rollcall judges each account by itself; but the stop switch, and changing, disabling or deleting the policy, stop
 * the rest of the run.
 */
export async function stoppingRefusal(
  run: Run,
  plan: Plan,
  connected: Organization | undefined,
  ports: Ports,
): Promise<Refusal | undefined> {
  const where = { organizationId: plan.organization.id, connected }
  const now = await guardContext(plan, where, undefined, ports)
  if (hasBegun(await ports.store.steps(run.runId))) return guard(plan, now, 'advance')[0]
  // Runs begin one after another under the lease, so the count is exact here. Any change since the approval refuses a run
  // that has not begun.
  const spent = await spentWeeklyBudget(plan, 'begun', now.reconciled, ports)
  const [refusal] = notAccepted(guard(plan, { ...now, spent }, 'first-step'), run.accepted)
  return refusal
}

/** Says why a run stopped, also for a reader who finds the stop switch off again. */
export const stopReasonOf = ({ code, message }: Refusal): string =>
  code === 'stopped' ? 'Somebody used the stop switch.' : message

/** Stops a run that must not continue. Logs it first, and once. Returns the run as it is then. */
export async function stopRun(run: Run, plan: Plan, reason: string, about: StoppedBy, ports: Ports): Promise<Run> {
  const { store, auditLog, system } = ports
  const [at, ids, { stoppedBy }] = [system.now(), { runId: run.runId, planId: plan.planId }, about]
  const details = stoppedBy === undefined ? {} : { details: { codes: [stoppedBy.code] } }
  const fact = { at, actor: run.approvedBy, event: 'run-stopped' as const, ...ids, reason, ...details }
  await auditLog.append(...chainedReason(fact))
  let current: Run | undefined = run
  for (let tried = 0; tried < tries && current?.status === 'executing'; tried += 1) {
    if (await store.updateRun(next(current, { kind: 'stop', at, reason, ...about }))) break
    current = await store.run(run.runId)
  }
  await checkpointRun(ports)
  return (await store.run(run.runId)) ?? run
}

/**
 * Stops every executing run that guard refuses now, also during its canary pause. Without a request to Atlassian, so that
 * it takes no time; a process that works on such a run notices before its next request.
 */
export async function stopRefusedRuns(ports: Ports): Promise<void> {
  const { store } = ports
  for (const run of await store.runsWith('executing')) {
    const plan = await store.plan(run.planId)
    const refusal = plan && (await stoppingRefusal(run, plan, undefined, ports))
    if (plan !== undefined && refusal !== undefined)
      await stopRun(run, plan, stopReasonOf(refusal), stoppedByRefusal(refusal), ports)
  }
}
