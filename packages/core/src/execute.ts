// Execute: carries an approved plan out, one step after another, from wherever it was left. Audit is written on the way.
// It takes a stored plan and cannot plan; it stops on what would hit every account alike.

import type { RunId } from './ids.js'
import { carryOut, type Halt, type StepSite } from './carry-out.js'
import type { Plan } from './plan.js'
import type { Lane, Ports } from './ports.js'
import { stepRecorder } from './record.js'
import type { Run } from './run.js'
import { countsOf, isTerminal, type Step } from './step.js'
import { minute, type Instant } from './time.js'

/** How long a lease on the lane lasts without being renewed. */
export const leaseLength = 2 * minute
/** So many troubled steps in a row mean that Atlassian is unavailable. */
const troubledInARow = 3

/** How far one advance may go. */
export interface Budget {
  readonly until: Instant
}

const stopped = async ({ store }: Ports): Promise<boolean> => (await store.setting('stopped')) === 'yes'

function blankStep(runId: RunId, plan: Plan, position: number): Step | undefined {
  const planned = plan.actions[position]
  if (planned === undefined) return undefined
  const { accountId, action, target } = planned
  return { runId, position, accountId, action, target, state: 'intent', intentAt: undefined, attempts: 0, changes: [] }
}

async function update(run: Run, changes: Partial<Run>, { store }: Ports): Promise<Run> {
  const next = { ...run, ...changes }
  return (await store.updateRun(next)) ? { ...next, revision: run.revision + 1 } : ((await store.run(run.runId)) ?? run)
}

/** Ends or stops a run: the audit log hears of it first. */
async function close(run: Run, plan: Plan, halt: Halt | undefined, ports: Ports): Promise<Run> {
  const counts = countsOf(await ports.store.steps(run.runId), plan.actions.length)
  const now = ports.system.now()
  await ports.auditLog.append({
    at: now,
    actor: run.approvedBy,
    event: halt === undefined ? 'run-finished' : 'run-stopped',
    runId: run.runId,
    planId: plan.planId,
    ...(halt === undefined ? {} : { reason: halt.reason }),
    details: { counts },
  })
  const ended =
    halt === undefined
      ? { status: 'finished' as const }
      : ({ status: 'stopped', haltCause: halt.cause, stopReason: halt.reason } as const)
  return update(run, { ...ended, finishedAt: now }, ports)
}

/** Advances a run until it is finished, halted, out of budget or no longer ours; the caller holds the lane. */
export async function advance(
  run: Run,
  plan: Plan,
  lane: Lane,
  budget: Budget,
  ports: Ports,
  onStep?: (step: Step) => void,
): Promise<Run> {
  const { store, system } = ports
  const snapshot = await store.snapshot(plan.snapshotId)
  let laneLost = false
  const halted = async (): Promise<Halt | undefined> => {
    const renewed = await store.claimLane(lane.owner, system.now(), system.now() + leaseLength)
    laneLost = renewed?.token !== lane.token
    if (laneLost) return { cause: 'stop-switch', reason: 'another process has taken the lane' }
    return (await stopped(ports)) ? { cause: 'stop-switch', reason: 'the stop switch is on' } : undefined
  }
  const site: StepSite = {
    ports,
    plan,
    workspaces: snapshot?.seats ?? [],
    record: await stepRecorder(run, plan, ports),
    halted,
  }
  const known = new Map((await store.steps(run.runId)).map((step) => [step.position, step]))
  let troubled = 0
  for (let position = 0; position < plan.actions.length; position += 1) {
    const found = known.get(position)
    const begun = found ?? blankStep(run.runId, plan, position)
    if (begun === undefined || (found !== undefined && isTerminal(found.state))) continue
    if (system.now() >= budget.until) return run
    const end = await carryOut(begun, site)
    if (laneLost) return run
    if ('halt' in end) return close(run, plan, end.halt, ports)
    onStep?.(end.step)
    troubled = end.trouble === undefined ? 0 : troubled + 1
    if (troubled >= troubledInARow)
      return close(
        run,
        plan,
        { cause: 'unavailable', reason: `${troubled} accounts in a row failed: ${end.step.reason ?? ''}` },
        ports,
      )
  }
  return close(run, plan, undefined, ports)
}
