// Running: an approval becomes a run, once; a run that was cut off goes on; a finished one is only reported.

import { UsageError } from './errors.js'
import { advance, leaseLength, type Budget } from './execute.js'
import { guard, notAccepted } from './guard.js'
import { brandId, type OrganizationId, type PlanId, type RunId } from './ids.js'
import { acceptableCodes, type Plan, type Refusal, type RefusalCode } from './plan.js'
import { circumstances } from './planning.js'
import type { Ports } from './ports.js'
import type { Run, RunStatus } from './run.js'
import type { Step } from './step.js'

export interface Approval {
  readonly planId: PlanId
  readonly fingerprint: string
  readonly accepted: readonly RefusalCode[]
  readonly by: string
}

export type Approved =
  { readonly run: Run; readonly plan: Plan } | { readonly plan: Plan; readonly refusals: readonly Refusal[] }

/** What still refuses a run that has begun: it was within its limits when it was approved. */
const lasting: readonly RefusalCode[] = ['wrong-organization', 'protected-unreadable', 'stopped']

const newRun = (
  plan: Plan,
  status: RunStatus,
  by: string,
  accepted: readonly RefusalCode[],
  { system }: Ports,
): Run => ({
  runId: brandId<RunId>(system.newId()),
  planId: plan.planId,
  status,
  approvedBy: by,
  accepted,
  startedAt: system.now(),
  revision: 1,
})

/** Stores a run that waits for a person: what a schedule makes when it may not act by itself. */
export async function park(
  plan: Plan,
  status: 'awaiting-approval' | 'quarantined',
  by: string,
  ports: Ports,
): Promise<Run> {
  const run = newRun(plan, status, by, [], ports)
  if (await ports.store.insertRun(run)) return run
  return (await ports.store.runOfPlan(plan.planId)) ?? run
}

async function begin(
  plan: Plan,
  existing: Run | undefined,
  approval: Approval,
  ports: Ports,
): Promise<Run | undefined> {
  const { store } = ports
  const { by, accepted } = approval
  if (existing === undefined) {
    const run = newRun(plan, 'executing', by, accepted, ports)
    return (await store.insertRun(run)) ? run : store.runOfPlan(plan.planId)
  }
  const { finishedAt: _finished, stopReason: _reason, haltCause: _cause, ...rest } = existing
  await store.updateRun({ ...rest, status: 'executing', approvedBy: by, accepted })
  return store.run(existing.runId)
}

/** Approves a plan by its fingerprint. Guard looks once more; the accepted codes are named and audited. */
export async function approve(approval: Approval, organizationId: OrganizationId, ports: Ports): Promise<Approved> {
  const { store, auditLog, system } = ports
  const { planId, fingerprint, accepted, by } = approval
  const plan = await store.plan(planId)
  if (plan === undefined) throw new UsageError(`There is no plan ${planId}. Make one with "rollcall plan".`)
  const strange = accepted.find((code) => !acceptableCodes.includes(code))
  if (strange !== undefined)
    throw new UsageError(`${strange} cannot be accepted; only ${acceptableCodes.join(', ')} can.`)
  const existing = await store.runOfPlan(planId)
  const refusals = notAccepted(guard(plan, await circumstances(plan, organizationId, fingerprint, ports)), accepted)
  if (existing?.status === 'executing' || existing?.status === 'stopped' || existing?.status === 'finished') {
    const mismatch = refusals.filter(({ code }) => code === 'fingerprint-mismatch' && fingerprint !== plan.fingerprint)
    const last = existing.status === 'finished' ? [] : refusals.filter(({ code }) => lasting.includes(code))
    if (mismatch.length + last.length > 0) return { plan, refusals: [...mismatch, ...last] }
    if (existing.status !== 'stopped') return { plan, run: existing }
  } else if (refusals.length > 0) {
    await auditLog.append({
      at: system.now(),
      actor: by,
      event: 'refused',
      planId,
      details: { codes: refusals.map(({ code }) => code) },
    })
    return { plan, refusals }
  }
  const event = existing?.status === 'stopped' ? 'run-resumed' : 'approved'
  await auditLog.append({ at: system.now(), actor: by, event, planId, details: { fingerprint, accepted } })
  const run = await begin(plan, existing, approval, ports)
  if (run === undefined) throw new UsageError(`The run of plan ${planId} is gone. Make a new plan.`)
  return { run, plan }
}

/** Advances a run if nobody else works in this organization; undefined when the lane is taken. */
export async function work(
  runId: RunId,
  owner: string,
  budget: Budget,
  ports: Ports,
  onStep?: (step: Step) => void,
): Promise<Run | undefined> {
  const { store, system } = ports
  const lane = await store.claimLane(owner, system.now(), system.now() + leaseLength)
  if (lane === undefined) return undefined
  try {
    const run = await store.run(runId)
    const plan = run === undefined ? undefined : await store.plan(run.planId)
    if (run === undefined || plan === undefined) throw new UsageError(`There is no run ${runId}. See "rollcall runs".`)
    return run.status === 'executing' ? await advance(run, plan, lane, budget, ports, onStep) : run
  } finally {
    await store.releaseLane(lane)
  }
}
