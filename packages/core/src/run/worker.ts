// The worker: advances a run under the lease, unless a refusal forbids it. It continues a run that was cut off and only
// reports a finished one. Execute comes next.

import { spentWeeklyBudget } from '../guard/weekly-budget.js'
import { checkpointRun } from '../audit/checkpoint.js'
import { DirectoryError, UsageError } from '../model/errors.js'
import { advance, settleSentSteps, undoAhead } from './execute.js'
import { guard } from '../guard/guard.js'
import { notAccepted } from '../guard/refusals.js'
import type { AccountId, RunId } from '../model/ids.js'
import { claimLease, isTaken } from './lease.js'
import type { Organization } from '../model/organization.js'
import type { Plan } from '../model/plan.js'
import type { Refusal } from '../model/refusal.js'
import type { Ports } from '../ports.js'
import type { HaltCause, Run } from '../model/run.js'
import { next } from '../model/run-life.js'
import { isUsedUp, type TimeSlice } from '../model/time-slice.js'
import { hasBegun, type Step } from '../model/step.js'
import { minute } from '../model/time.js'
import { guardContext } from '../guard/context.js'
import type { Lease } from '../model/lease.js'

/**
 * What stops a run from continuing, regardless of who approved it. Guard checks everything at the first step. Later, Rollcall judges each
 * account by itself; but changing, disabling or deleting the policy during a canary pause stops the rest of the run.
 */
async function forbidden(run: Run, plan: Plan, answering: Organization, ports: Ports): Promise<Refusal | undefined> {
  const where = { organizationId: plan.organization.id, answering }
  const now = await guardContext(plan, where, undefined, ports)
  if (hasBegun(await ports.store.steps(run.runId))) return guard(plan, now, 'advance')[0]
  // Runs begin one after another under the lease, so the count is exact here. Anything that has changed since the approval
  // refuses a run that has not begun.
  const spent = await spentWeeklyBudget(plan, 'begun', ports)
  const [refusal] = notAccepted(guard(plan, { ...now, spent }, 'first-step'), run.accepted)
  return refusal
}

/** Stops a run that must not go on. The audit log comes first. */
async function stopRun(
  run: Run,
  plan: Plan,
  reason: string,
  about: Pick<Run, 'stoppedBy'> & { readonly cause?: HaltCause },
  ports: Ports,
): Promise<Run> {
  const { store, auditLog, system } = ports
  const [at, ids, { stoppedBy }] = [system.now(), { runId: run.runId, planId: plan.planId }, about]
  const details = stoppedBy === undefined ? {} : { details: { codes: [stoppedBy.code] } }
  await auditLog.append({ at, actor: run.approvedBy, event: 'run-stopped', ...ids, reason, ...details })
  await store.updateRun(next(run, { kind: 'stop', at, reason, ...about }))
  await checkpointRun(ports)
  return (await store.run(run.runId)) ?? run
}

interface Work {
  /** The organization as Atlassian shows it, or why it does not respond. */
  readonly answering: Organization | DirectoryError
  readonly budget: TimeSlice
  readonly requesters: readonly AccountId[]
  readonly onStep: ((step: Step) => void) | undefined
}

/** Advances one run under the lease, unless a refusal forbids it. */
async function advanceRun(run: Run, lease: Lease, work: Work, ports: Ports): Promise<Run> {
  const { answering, budget, requesters, onStep } = work
  const { store } = ports
  const plan = await store.plan(run.planId)
  if (plan === undefined) throw new UsageError(`The plan of run ${run.runId} is gone. Restore the database.`)
  if (answering instanceof DirectoryError) {
    const refused = answering.code === 'unauthorized' || answering.code === 'forbidden'
    return stopRun(run, plan, answering.message, { cause: refused ? 'credentials' : 'unavailable' }, ports)
  }
  const refusal = await forbidden(run, plan, answering, ports)
  if (refusal !== undefined) {
    const readable = refusal.code !== 'wrong-organization'
    if (readable && !(await settleSentSteps(run, plan, lease, ports, requesters))) return run
    const { code, cause } = refusal
    const stoppedBy = { code, ...(cause === undefined ? {} : { cause }) }
    return stopRun(run, plan, refusal.message, { stoppedBy }, ports)
  }
  // Raises the revision: an approval that is being withdrawn finds that work has begun.
  if (!(await store.updateRun(run))) return (await store.run(run.runId)) ?? run
  return advance({ ...run, revision: run.revision + 1 }, plan, lease, budget, ports, requesters, onStep)
}

/** Called before the lease is claimed, since the response sets the clock: no lease is dated by a wrong clock. */
const readOrganization = ({ directory }: Ports): Promise<Organization | DirectoryError> =>
  directory.organization().catch((failure: unknown) => {
    if (failure instanceof DirectoryError) return failure
    throw failure
  })

/** Says whether a run is in its canary pause. One that lasts longer than it can was dated by a wrong clock and starts over. */
async function rests({ restUntil, planId }: Run, { store, system }: Ports): Promise<boolean> {
  const now = system.now()
  if (restUntil === undefined || now >= restUntil) return false
  const plan = await store.planHead(planId)
  return plan !== undefined && restUntil <= now + plan.limits.canaryWait * minute
}

/** Claims the lease again for a run that must be judged again: it ran out in a wait for Atlassian before the run began. */
async function reclaimLease(
  run: Run,
  { owner, token }: Lease,
  budget: TimeSlice,
  ports: Ports,
): Promise<Lease | undefined> {
  const { store } = ports
  if ((await rests(run, ports)) || isUsedUp(budget, ports) || hasBegun(await store.steps(run.runId))) return undefined
  const renewed = await claimLease(owner, ports)
  return renewed?.token === token ? renewed : undefined
}

/**
 * Advances a run unless another process works in this organization; undefined while that holds the lease. A waiting undo
 * goes first, whichever run was requested. A run in its canary pause, or with its time slice used up, is still executing.
 */
export async function work(
  runId: RunId,
  owner: string,
  budget: TimeSlice,
  ports: Ports,
  requesters: readonly AccountId[],
  onStep?: (step: Step) => void,
): Promise<Run | undefined> {
  const { store } = ports
  const asked = await store.run(runId)
  if (asked === undefined) throw new UsageError(`There is no run ${runId}.`, undefined, 'show-runs')
  const waits = async (run: Run) => (await rests(run, ports)) && (await undoAhead(run, ports)) === undefined
  if (asked.status !== 'executing' || (await waits(asked))) return asked
  if (await isTaken(owner, ports)) return undefined
  const answering = await readOrganization(ports)
  const entered = await claimLease(owner, ports)
  if (entered === undefined) return undefined
  let lease = entered
  const work: Work = { answering, budget, requesters, onStep }
  try {
    for (;;) {
      const run = await store.run(runId)
      if (run === undefined || run.status !== 'executing' || (await waits(run))) return run
      const undo = await undoAhead(run, ports)
      if (undo === undefined) {
        const worked = await advanceRun(run, lease, work, ports)
        if (worked.status !== 'executing') return worked
        const gaveWay = (await undoAhead(worked, ports)) !== undefined
        const renewed = gaveWay ? lease : await reclaimLease(worked, lease, budget, ports)
        if (renewed === undefined) return worked
        lease = renewed
        continue
      }
      const undone = await advanceRun(undo, lease, { ...work, onStep: undefined }, ports)
      // The undo goes on at the next advance, and this run after it; a refused key is not tried again.
      if (undone.status === 'executing' || undone.haltCause === 'credentials') return run
    }
  } finally {
    await store.releaseLease(lease)
  }
}
