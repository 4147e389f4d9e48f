// The worker: advances a run under the lease, unless a refusal forbids it. It continues an interrupted run, and only
// reports a finished one.

import { DirectoryError, UsageError } from '../model/errors.js'
import { advance, settleSentSteps, undoAhead } from './execute.js'
import { rowOf } from '../guard/refusals.js'
import type { AccountId, RunId } from '../model/ids.js'
import { claimLease, isTaken } from './lease.js'
import type { Organization } from '../model/organization.js'
import type { Ports } from '../ports.js'
import type { Run } from '../model/run.js'
import { isUsedUp, type TimeSlice } from '../model/time-slice.js'
import { hasBegun, type Step } from '../model/step.js'
import { minute } from '../model/time.js'
import { stoppedByRefusal, stoppingRefusal, stopReasonOf, stopRun } from './stop-run.js'
import type { Lease } from '../model/lease.js'

interface Work {
  /** The organization as Atlassian shows it, or why it does not respond. */
  readonly connected: Organization | DirectoryError
  readonly slice: TimeSlice
  readonly requesters: readonly AccountId[]
  readonly onStep: ((step: Step) => void) | undefined
}

/** Advances one run under the lease, unless a refusal forbids it. */
async function advanceRun(run: Run, lease: Lease, work: Work, ports: Ports): Promise<Run> {
  const { connected, slice, requesters, onStep } = work
  const { store } = ports
  const plan = await store.plan(run.planId)
  if (plan === undefined) throw new UsageError(`The plan of run ${run.runId} is gone. Restore the database.`)
  if (connected instanceof DirectoryError) {
    const refused = connected.code === 'unauthorized' || connected.code === 'forbidden'
    return stopRun(run, plan, connected.message, { cause: refused ? 'credentials' : 'unavailable' }, ports)
  }
  const refusal = await stoppingRefusal(run, plan, connected, ports)
  if (refusal !== undefined) {
    if (rowOf(refusal).readsBackFirst && !(await settleSentSteps(run, plan, lease, ports, requesters))) return run
    return stopRun(run, plan, stopReasonOf(refusal), stoppedByRefusal(refusal), ports)
  }
  // Raise the revision: an approval that is just being withdrawn notices that work has begun.
  if (!(await store.updateRun(run))) return (await store.run(run.runId)) ?? run
  return advance({ ...run, revision: run.revision + 1 }, plan, lease, slice, ports, requesters, connected, onStep)
}

/** Call it before claiming the lease: the response sets the clock, so that no wrong clock dates the lease. */
const readOrganization = ({ directory }: Ports): Promise<Organization | DirectoryError> =>
  directory.organization().catch((failure: unknown) => {
    if (failure instanceof DirectoryError) return failure
    throw failure
  })

/** True if a run is in its canary pause. A pause longer than any can be comes from a wrong clock and starts over. */
async function inCanaryPause({ restUntil, planId }: Run, { store, system }: Ports): Promise<boolean> {
  const now = system.now()
  if (restUntil === undefined || now >= restUntil) return false
  const plan = await store.planHead(planId)
  return plan !== undefined && restUntil <= now + plan.limits.canaryWait * minute
}

/** True if a run has nothing to do before its canary pause ends: nothing stops it, and no undo goes first. */
async function waits(run: Run, ports: Ports): Promise<boolean> {
  if (!(await inCanaryPause(run, ports)) || (await undoAhead(run, ports)) !== undefined) return false
  const plan = await ports.store.plan(run.planId)
  return plan !== undefined && (await stoppingRefusal(run, plan, undefined, ports)) === undefined
}

/** Reads back what Atlassian shows of a cancelled run, whose request was open. Undefined while another process holds the lease. */
async function settleCancelled(
  run: Run,
  owner: string,
  ports: Ports,
  requesters: readonly AccountId[],
): Promise<Run | undefined> {
  const { store } = ports
  const plan = await store.plan(run.planId)
  const lease = await claimLease(owner, ports)
  if (lease === undefined || plan === undefined) return undefined
  try {
    await settleSentSteps(run, plan, lease, ports, requesters)
    return (await store.run(run.runId)) ?? run
  } finally {
    await store.releaseLease(lease)
  }
}

/** Claims the lease again for a run that guard must check again: the lease expired in a wait before the run began. */
async function reclaimLease(
  run: Run,
  { owner, token }: Lease,
  slice: TimeSlice,
  ports: Ports,
): Promise<Lease | undefined> {
  const { store } = ports
  if ((await inCanaryPause(run, ports)) || isUsedUp(slice, ports) || hasBegun(await store.steps(run.runId)))
    return undefined
  const renewed = await claimLease(owner, ports)
  return renewed?.token === token ? renewed : undefined
}

/**
 * Advances a run and returns it; undefined while another process holds the lease of the organization. A waiting undo goes
 * first, whichever run the caller names. A run in its canary pause, or with its time slice used up, is still executing.
 */
export async function work(
  runId: RunId,
  owner: string,
  slice: TimeSlice,
  ports: Ports,
  requesters: readonly AccountId[],
  onStep?: (step: Step) => void,
): Promise<Run | undefined> {
  const { store } = ports
  const named = await store.run(runId)
  if (named === undefined) throw new UsageError(`There is no run ${runId}.`, undefined, 'show-runs')
  if (named.settling === true) return settleCancelled(named, owner, ports, requesters)
  if (named.status !== 'executing' || (await waits(named, ports))) return named
  if (await isTaken(owner, ports)) return undefined
  const connected = await readOrganization(ports)
  const entered = await claimLease(owner, ports)
  if (entered === undefined) return undefined
  let lease = entered
  const work: Work = { connected, slice, requesters, onStep }
  try {
    for (;;) {
      const run = await store.run(runId)
      if (run === undefined || run.status !== 'executing' || (await waits(run, ports))) return run
      const undo = await undoAhead(run, ports)
      if (undo === undefined) {
        const worked = await advanceRun(run, lease, work, ports)
        if (worked.status !== 'executing') return worked
        const undoFirst = (await undoAhead(worked, ports)) !== undefined
        const renewed = undoFirst ? lease : await reclaimLease(worked, lease, slice, ports)
        if (renewed === undefined) return worked
        lease = renewed
        continue
      }
      const undone = await advanceRun(undo, lease, { ...work, onStep: undefined }, ports)
      // The undo continues at the next advance, and this run after it. Do not try a refused key again.
      if (undone.status === 'executing' || undone.haltCause === 'credentials') return run
    }
  } finally {
    await store.releaseLease(lease)
  }
}
