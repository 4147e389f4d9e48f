// Execute: executes an approved plan, one step after another, from where the last process stopped, and writes the audit
// log. It stops on an error that would affect every account.

import { parseAccountId, type AccountId, type RunId } from '../model/ids.js'
import { createBreaker } from './breaker.js'
import { executeStep, settle, type StepEnd } from './execute-step.js'
import { checkpointRun } from '../audit/checkpoint.js'
import { claimLease, leaseLength, LeaseLost } from './lease.js'
import { RunEnded } from './run-ended.js'
import { verifyStage } from './verify-stage.js'
import type { Organization } from '../model/organization.js'
import { type Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'
import { stepJournal, type StepJournal } from './step-journal.js'
import type { Run } from '../model/run.js'
import { next, type RunEvent } from '../model/run-life.js'
import { isUsedUp, type TimeSlice } from '../model/time-slice.js'
import { isAttempt, stageOf } from './stages.js'
import { stoppingRefusal } from './stop-run.js'
import { isStopped } from '../settings/stop-switch.js'
import { countsOf, hasBegun, hasEnded, type PlannedStep, type SentStep, type Step } from '../model/step.js'
import { minute } from '../model/time.js'
import type { Halt, StepContext } from './step-context.js'
import { onlyRestores } from '../guard/only-restores.js'
import type { Lease } from '../model/lease.js'

/** After this many failed steps in a row, Atlassian counts as unavailable. */
const maxFailuresInARow = 3

/** The undo that goes before this run: restoring access never waits for removing it. */
export async function undoAhead(run: Run, { store }: Ports): Promise<Run | undefined> {
  if (run.undoOf !== undefined) return undefined
  return (await store.runsWith('executing')).find(({ undoOf }) => undoOf !== undefined)
}

function plannedStep(runId: RunId, plan: Plan, position: number): PlannedStep | undefined {
  const planned = plan.actions[position]
  if (planned === undefined) return undefined
  const { accountId, action, target } = planned
  return { runId, position, accountId, action, target, state: 'planned', attempts: 0, changes: [] }
}

async function update(run: Run, event: RunEvent, { store }: Ports): Promise<Run> {
  const after = next(run, event)
  if (await store.updateRun(after)) return { ...after, revision: run.revision + 1 }
  return (await store.run(run.runId)) ?? run
}

/** Finishes or stops a run. The audit log comes first. */
async function close(run: Run, plan: Plan, halt: Halt | undefined, journal: StepJournal, ports: Ports): Promise<Run> {
  const counts = countsOf(await ports.store.steps(run.runId), plan.actions.length)
  const now = ports.system.now()
  const reason = halt === undefined ? {} : { reason: halt.reason }
  await journal.log(halt === undefined ? 'run-finished' : 'run-stopped', { at: now, ...reason, details: { counts } })
  const event: RunEvent =
    halt === undefined ? { kind: 'finish', at: now } : { kind: 'stop', at: now, reason: halt.reason, cause: halt.cause }
  const closed = await update(run, event, ports)
  await checkpointRun(ports)
  return closed
}

/** True if the next account may get the same error. One account alone may be forbidden, but hardly three in a row. */
const isUpstreamFailure = (end: StepEnd): boolean =>
  'trouble' in end &&
  ['unavailable', 'rate-limited', 'unexpected-response', 'forbidden'].includes(end.trouble?.code ?? '')

/** Ends a stage. A scheduled run pauses after its canary; then Rollcall reads the changed accounts again. */
async function endStage(run: Run, stage: number, steps: readonly Step[], context: StepContext): Promise<Run | Halt> {
  const { plan, ports, journal } = context
  const pauses = plan.scheduled && (run.stage ?? 0) === 0
  const restUntil = ports.system.now() + plan.limits.canaryWait * minute
  // A pause that ends later than one that begins now comes from a fast clock.
  if (pauses && (run.restUntil === undefined || run.restUntil > restUntil)) {
    await journal.log('run-rests', { details: { until: restUntil, accounts: steps.length } })
    return update(run, { kind: 'canary-pause', until: restUntil }, ports)
  }
  if (pauses && run.restUntil !== undefined && ports.system.now() < run.restUntil) return run
  const halt = await verifyStage(run, steps, context)
  if (halt !== undefined) return halt
  return update(run, { kind: 'stage-ended', stage }, ports)
}

/** Executes the steps one after another, up to the first one that has to wait for the next advance. */
async function executeSteps(
  begun: Run,
  context: StepContext,
  slice: TimeSlice,
  onStep?: (step: Step) => void,
): Promise<Run> {
  const { plan, ports, journal } = context
  const known = new Map((await ports.store.steps(begun.runId)).map((step) => [step.position, step]))
  const breaker = createBreaker(plan, begun)
  for (const step of known.values()) breaker.record(step)
  let [run, failedInARow, attempts] = [begun, 0, 0]
  const halt = (why: Halt) => close(run, plan, why, journal, ports)
  for (let position = 0; position < plan.actions.length; position += 1) {
    const found = known.get(position)
    const step = found ?? plannedStep(run.runId, plan, position)
    if (step !== undefined && isAttempt(step)) attempts += 1
    if (step === undefined || (step.state !== 'planned' && hasEnded(step))) continue
    if (isUsedUp(slice, ports) || (await undoAhead(run, ports)) !== undefined) return run
    const stage = stageOf(attempts, plan)
    if (stage > (run.stage ?? 0)) {
      const ended = await endStage(run, stage, [...known.values()], context)
      if ('cause' in ended) return halt(ended)
      run = ended
      if (run.status !== 'executing' || (run.stage ?? 0) < stage) return run
    }
    const reason = onlyRestores(plan) ? undefined : breaker.tripped(stage, await ports.store.vetoesOfRun(run.runId))
    if (reason !== undefined) return halt({ cause: 'breaker', reason })
    const end = await executeStep(step, context)
    if ('halt' in end) return halt(end.halt)
    known.set(position, end.step)
    breaker.record(end.step)
    if (isAttempt(end.step)) attempts += 1
    onStep?.(end.step)
    failedInARow = isUpstreamFailure(end) ? failedInARow + 1 : 0
    if (failedInARow < maxFailuresInARow) continue
    return halt({
      cause: end.step.trouble === 'forbidden' ? 'credentials' : 'unavailable',
      reason: `${failedInARow} accounts in a row failed: ${(end.step.reason ?? '').replace(/\.$/, '')}.`,
    })
  }
  return close(run, plan, undefined, journal, ports)
}

/** True if a run that has not begun may still begin: nobody has ended it, no undo goes first, and guard passes it. */
async function mayBegin(run: Run, plan: Plan, connected: Organization, ports: Ports): Promise<boolean> {
  if ((await ports.store.run(run.runId))?.status !== 'executing' || (await undoAhead(run, ports)) !== undefined)
    return false
  return (await stoppingRefusal(run, plan, connected, ports)) === undefined
}

/**
 * Collects what the steps of a run need. `halted` and the journal check the lease before each step and each write, and
 * `halted` also checks that nobody has ended the run. Without `connected`, the context is for settling the steps of a run
 * that stops or has ended: then only the lease counts.
 */
async function contextOf(
  run: Run,
  plan: Plan,
  lease: Lease,
  ports: Ports,
  requesters: readonly AccountId[],
  connected?: Organization,
): Promise<StepContext> {
  const { store, system } = ports
  const settling = connected === undefined
  let [current, slept, outdated] = [lease, false, false]
  const holdsLease = async (): Promise<boolean> => {
    const renewed = await claimLease(lease.owner, ports)
    if (renewed?.token !== lease.token) return false
    // If a process slept past its lease before the run began, guard must check the run again: its verdict is too old.
    // That also counts when it slept right before a request.
    slept ||= system.now() >= current.until
    outdated ||= slept && !hasBegun(await store.steps(run.runId))
    current = renewed
    return true
  }
  /** A reading may take longer than a lease, so it renews the lease between its requests. The fence notices a failure. */
  const renew = async (): Promise<void> => {
    if (current.until - system.now() < leaseLength / 2) await holdsLease().catch(() => false)
  }
  /** Guard need not check a run again that stops. */
  const fence = async (stops = false): Promise<void> => {
    if (!(await holdsLease())) throw new LeaseLost()
    if (!outdated || stops) return
    if (connected === undefined || !(await mayBegin(run, plan, connected, ports))) throw new LeaseLost()
    ;[slept, outdated] = [false, false]
  }
  const halted = async (): Promise<Halt | undefined> => {
    await fence()
    if (settling) return undefined
    if ((await store.run(run.runId))?.status !== 'executing') throw new RunEnded()
    // What only restores access can lock nobody out, so the stop switch does not keep anybody from an undo.
    if (onlyRestores(plan)) return undefined
    return (await isStopped(ports)) ? { cause: 'stop-switch', reason: 'the stop switch is on' } : undefined
  }
  const workspaces = (await store.snapshotHead(plan.snapshotId))?.seats ?? []
  // Rollcall never acts on the accounts that planned or approved the run, whichever account executes it.
  const wanted = [run.approvedBy, plan.madeBy].flatMap((by) => parseAccountId(by) ?? [])
  return {
    ports,
    plan,
    workspaces,
    requesters: [...requesters, ...wanted],
    halted,
    renew,
    journal: await stepJournal(run, plan, ports, lease, fence),
  }
}

/** Advances a run until it finishes, stops, uses up its time slice or loses the lease, which the caller holds. */
export async function advance(
  run: Run,
  plan: Plan,
  lease: Lease,
  slice: TimeSlice,
  ports: Ports,
  requesters: readonly AccountId[],
  connected: Organization,
  onStep?: (step: Step) => void,
): Promise<Run> {
  const context = await contextOf(run, plan, lease, ports, requesters, connected)
  try {
    return await executeSteps(run, context, slice, onStep)
  } catch (error) {
    if (error instanceof LeaseLost) return run // the process that holds the lease continues the run
    if (!(error instanceof RunEnded)) throw error
    // A stopped run reads back what it sent when it continues. A cancelled one never does.
    if ((await ports.store.run(run.runId))?.settling === true)
      await settleSentSteps(run, plan, lease, ports, requesters)
    return (await ports.store.run(run.runId)) ?? run
  }
}

/**
 * Ends the sent steps of a run that stops or has ended, by what Atlassian shows; false when this process lost the lease
 * meanwhile. A cancelled run is settled then.
 */
export async function settleSentSteps(
  run: Run,
  plan: Plan,
  lease: Lease,
  ports: Ports,
  requesters: readonly AccountId[],
): Promise<boolean> {
  const sent = (await ports.store.steps(run.runId)).filter((step): step is SentStep => step.state === 'sent')
  const context = await contextOf(run, plan, lease, ports, requesters)
  try {
    let open = false
    for (const step of sent) if ('halt' in (await settle(step, context))) open = true
    const settled = await ports.store.run(run.runId)
    if (settled?.settling === true && !open) await ports.store.updateRun(next(settled, { kind: 'settled' }))
    return true
  } catch (error) {
    if (error instanceof LeaseLost) return false
    throw error
  }
}
