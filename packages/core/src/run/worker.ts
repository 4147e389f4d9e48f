// Working: a run goes on inside the lane, unless something forbids it; one that was cut off is taken up, a finished one is
// only reported. Execute comes next.

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
import type { Run } from '../model/run.js'
import { isUsedUp, type TimeSlice } from '../model/time-slice.js'
import { hasBegun, type Step } from '../model/step.js'
import { minute } from '../model/time.js'
import { guardContext } from '../guard/context.js'
import type { Lease } from '../model/lease.js'

/**
 * What forbids a run to go on, whoever approved it: all that guard refuses at its first step. Later each account is
 * judged again by itself, also by the protected list; but who has changed, disabled or deleted the policy while a canary
 * rests means the rest of its run as well.
 */
async function forbidden(run: Run, plan: Plan, answering: Organization, ports: Ports): Promise<Refusal | undefined> {
  const where = { organizationId: plan.organization.id, answering }
  const now = await guardContext(plan, where, undefined, ports)
  if (hasBegun(await ports.store.steps(run.runId))) return guard(plan, now, 'advance')[0]
  // Runs begin one after another in the lane, so that here the count is exact; and whatever has changed since the
  // approval refuses a run that has not begun.
  const spent = await spentWeeklyBudget(plan, 'begun', ports)
  const [refusal] = notAccepted(guard(plan, { ...now, spent }, 'first-step'), run.accepted)
  return refusal
}

/** Stops a run that must not go on; the audit log hears of it first. */
async function stopRun(
  run: Run,
  plan: Plan,
  reason: string,
  about: Pick<Run, 'haltCause' | 'stoppedBy'>,
  ports: Ports,
): Promise<Run> {
  const { store, auditLog, system } = ports
  const [at, ids, { stoppedBy }] = [system.now(), { runId: run.runId, planId: plan.planId }, about]
  const details = stoppedBy === undefined ? {} : { details: { codes: [stoppedBy.code] } }
  await auditLog.append({ at, actor: run.approvedBy, event: 'run-stopped', ...ids, reason, ...details })
  await store.updateRun({ ...run, status: 'stopped', stopReason: reason, finishedAt: at, ...about })
  await checkpointRun(ports)
  return (await store.run(run.runId)) ?? run
}

interface Work {
  /** What Atlassian says of the organization, or why it does not. */
  readonly answering: Organization | DirectoryError
  readonly budget: TimeSlice
  readonly requesters: readonly AccountId[]
  readonly onStep: ((step: Step) => void) | undefined
}

/** Advances one run inside the lane, unless something forbids it. */
async function advanceRun(run: Run, lane: Lease, work: Work, ports: Ports): Promise<Run> {
  const { answering, budget, requesters, onStep } = work
  const { store } = ports
  const plan = await store.plan(run.planId)
  if (plan === undefined) throw new UsageError(`The plan of run ${run.runId} is gone. Restore the database.`)
  if (answering instanceof DirectoryError) {
    const refused = answering.code === 'unauthorized' || answering.code === 'forbidden'
    return stopRun(run, plan, answering.message, { haltCause: refused ? 'credentials' : 'unavailable' }, ports)
  }
  const refusal = await forbidden(run, plan, answering, ports)
  if (refusal !== undefined) {
    const readable = refusal.code !== 'wrong-organization'
    if (readable && !(await settleSentSteps(run, plan, lane, ports, requesters))) return run
    const { code, cause } = refusal
    const stoppedBy = { code, ...(cause === undefined ? {} : { cause }) }
    return stopRun(run, plan, refusal.message, { stoppedBy }, ports)
  }
  // Raises the revision: an approval that is about to be taken back finds that work has begun.
  if (!(await store.updateRun(run))) return (await store.run(run.runId)) ?? run
  return advance({ ...run, revision: run.revision + 1 }, plan, lane, budget, ports, requesters, onStep)
}

/** Asked before the lane is entered, since it also tells Atlassian's time: no lease is taken by a wrong clock. */
const readOrganization = ({ directory }: Ports): Promise<Organization | DirectoryError> =>
  directory.organization().catch((failure: unknown) => {
    if (failure instanceof DirectoryError) return failure
    throw failure
  })

/** Says whether a run rests. A rest that is longer than it can be was dated by a clock that ran ahead: it begins anew. */
async function rests({ restUntil, planId }: Run, { store, system }: Ports): Promise<boolean> {
  const now = system.now()
  if (restUntil === undefined || now >= restUntil) return false
  const plan = await store.planHead(planId)
  return plan !== undefined && restUntil <= now + plan.limits.canaryWait * minute
}

/** The lane anew, for a run that waits to be judged again: the lease ran out, in a wait for Atlassian, before it began. */
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
 * Advances a run if nobody else works in this organization; undefined when the lane is taken. An undo that waits goes
 * first, whichever run was asked for; a run that rests, or has used up its share of time, is still executing.
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
  let lane = entered
  const work: Work = { answering, budget, requesters, onStep }
  try {
    for (;;) {
      const run = await store.run(runId)
      if (run === undefined || run.status !== 'executing' || (await waits(run))) return run
      const undo = await undoAhead(run, ports)
      if (undo === undefined) {
        const worked = await advanceRun(run, lane, work, ports)
        if (worked.status !== 'executing') return worked
        const gaveWay = (await undoAhead(worked, ports)) !== undefined
        const renewed = gaveWay ? lane : await reclaimLease(worked, lane, budget, ports)
        if (renewed === undefined) return worked
        lane = renewed
        continue
      }
      const undone = await advanceRun(undo, lane, { ...work, onStep: undefined }, ports)
      // It goes on at the next advance, and this run behind it; with a refused key nobody asks again.
      if (undone.status === 'executing' || undone.haltCause === 'credentials') return run
    }
  } finally {
    await store.releaseLease(lane)
  }
}
