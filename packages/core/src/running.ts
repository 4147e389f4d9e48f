// Running: an approval becomes a run, once; a run that was cut off goes on; a finished one is only reported.

import { spentBudget } from './budget.js'
import { UsageError } from './errors.js'
import { advance, leaseLength, type Budget } from './execute.js'
import { guard, notAccepted, type Circumstances } from './guard.js'
import { brandId, type AccountId, type OrganizationId, type PlanId, type RunId } from './ids.js'
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

/** What refuses a run under way: it was within its limits when it was approved, and looks at each account again. */
const lasting: readonly RefusalCode[] = [
  'wrong-organization',
  'protected-unreadable',
  'stopped',
  'fingerprint-mismatch',
]
/** What refuses to resume a run that stopped: the world has had time to change since. */
const resuming: readonly RefusalCode[] = [...lasting, 'plan-expired', 'policy-disabled', 'over-budget']

/** How often, and after which pause, an approval looks whether others yield to it. */
const [looks, pause] = [20, 50]

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

/** Circumstances in which only an altered plan, or the approval of another one, is a mismatch. */
const unaltered = (now: Circumstances, plan: Plan): Circumstances => ({
  ...now,
  protectedDigest: now.protectedDigest === undefined ? undefined : plan.protectedDigest,
  policy: undefined,
})

/** What speaks against an approval, by how far the plan's run has come. */
function against(plan: Plan, status: RunStatus | undefined, now: Circumstances): readonly Refusal[] {
  if (status === 'stopped') return guard(plan, now).filter(({ code }) => resuming.includes(code))
  if (status !== 'executing' && status !== 'finished') return guard(plan, now)
  if (status === 'finished' && now.approved === plan.fingerprint) return []
  return guard(plan, unaltered(now, plan)).filter(({ code }) =>
    status === 'finished' ? code === 'fingerprint-mismatch' : lasting.includes(code),
  )
}

async function begin(
  plan: Plan,
  existing: Run | undefined,
  { by, accepted }: Approval,
  ports: Ports,
): Promise<Run | undefined> {
  const { store } = ports
  if (existing === undefined) {
    const run = newRun(plan, 'executing', by, accepted, ports)
    return (await store.insertRun(run)) ? run : store.runOfPlan(plan.planId)
  }
  const { finishedAt: _finished, stopReason: _reason, haltCause: _cause, ...rest } = existing
  await store.updateRun({ ...rest, status: 'executing', approvedBy: by, accepted })
  return store.run(existing.runId)
}

const isBefore = (a: Run, b: Run): boolean =>
  a.startedAt < b.startedAt || (a.startedAt === b.startedAt && a.runId < b.runId)

/**
 * Looks at the budget once more, now that others can see the run. Of approvals at the same time each sees those before
 * it, so they cannot all go on; the later ones yield, and the first one waits for that.
 */
async function overrun(run: Run, plan: Plan, organizationId: OrganizationId, ports: Ports) {
  const { store, system } = ports
  for (let look = 1; ; look += 1) {
    const now = await circumstances(plan, organizationId, plan.fingerprint, ports)
    const over = notAccepted(guard(plan, now), run.accepted).find(({ code }) => code === 'over-budget')
    if (over === undefined || look === looks) return over
    const others = (await store.runsWith('executing')).filter(({ runId }) => runId !== run.runId)
    if (others.some((other) => isBefore(other, run))) return over
    await system.wait(pause)
  }
}

/** Takes a run back to what it was before its approval; false when a process already works on it. */
async function withdraw(run: Run, earlier: Run | undefined, { store }: Ports): Promise<boolean> {
  const back: Run = earlier ?? { ...run, status: 'quarantined', accepted: [] }
  if (await store.updateRun({ ...back, revision: run.revision })) return true
  const status = (await store.run(run.runId))?.status
  return status !== 'executing' && status !== 'finished'
}

/** Approves a plan by its fingerprint. Guard looks once more; the accepted codes are named and audited. */
export async function approve(approval: Approval, organizationId: OrganizationId, ports: Ports): Promise<Approved> {
  const { store, auditLog, system } = ports
  const { planId, fingerprint, by } = approval
  const plan = await store.plan(planId)
  if (plan === undefined) throw new UsageError(`There is no plan ${planId}. Make one with "rollcall plan".`)
  const strange = approval.accepted.find((code) => !acceptableCodes.includes(code))
  if (strange !== undefined)
    throw new UsageError(`${strange} cannot be accepted; only ${acceptableCodes.join(', ')} can.`)
  const tell = (event: string, details: Readonly<Record<string, unknown>>) =>
    auditLog.append({ at: system.now(), actor: by, event, planId, details })
  const refuse = async (refusals: readonly Refusal[]): Promise<Approved> => {
    await tell('refused', { codes: refusals.map(({ code }) => code) })
    return { plan, refusals }
  }
  const existing = await store.runOfPlan(planId)
  // What was accepted when a run was approved stays accepted when it is resumed.
  const resumed = existing?.status === 'stopped'
  const accepted = [...new Set([...approval.accepted, ...(resumed ? existing.accepted : [])])]
  const now = await circumstances(plan, organizationId, fingerprint, ports)
  const refusals = notAccepted(against(plan, existing?.status, now), accepted)
  if (refusals.length > 0) return refuse(refusals)
  if (existing?.status === 'executing' || existing?.status === 'finished') return { plan, run: existing }
  await tell(resumed ? 'run-resumed' : 'approved', { fingerprint, accepted })
  const run = await begin(plan, existing, { ...approval, accepted }, ports)
  if (run === undefined) throw new UsageError(`The run of plan ${planId} is gone. Make a new plan.`)
  const over = run.status === 'executing' ? await overrun(run, plan, organizationId, ports) : undefined
  return over !== undefined && (await withdraw(run, existing, ports)) ? refuse([over]) : { run, plan }
}

/** What forbids a run to go on, whoever approved it: its plan was altered, or at its first step the budget is spent. */
async function forbidden(run: Run, plan: Plan, ports: Ports): Promise<Refusal | undefined> {
  const now = await circumstances(plan, plan.organization.id, undefined, ports)
  // Runs begin one after another in the lane, so that here the count is exact.
  const spent = await spentBudget(plan, 'begun', ports)
  const first = (await ports.store.steps(run.runId)).length === 0
  const codes: readonly RefusalCode[] = ['fingerprint-mismatch', ...(first ? (['over-budget'] as const) : [])]
  const refusals = notAccepted(guard(plan, { ...unaltered(now, plan), spent }), run.accepted)
  return refusals.find(({ code }) => codes.includes(code))
}

/** Stops a run that must not go on; the audit log hears of it first. */
async function forbid(run: Run, plan: Plan, { code, message }: Refusal, { store, auditLog, system }: Ports) {
  const [at, ids] = [system.now(), { runId: run.runId, planId: plan.planId }]
  const about = { reason: message, details: { codes: [code] } }
  await auditLog.append({ at, actor: run.approvedBy, event: 'run-stopped', ...ids, ...about })
  await store.updateRun({ ...run, status: 'stopped', stopReason: message, finishedAt: at })
  return (await store.run(run.runId)) ?? run
}

/** Advances a run if nobody else works in this organization; undefined when the lane is taken. */
export async function work(
  runId: RunId,
  owner: string,
  budget: Budget,
  ports: Ports,
  requesters: readonly AccountId[],
  onStep?: (step: Step) => void,
): Promise<Run | undefined> {
  const { store, system } = ports
  const lane = await store.claimLane(owner, system.now(), system.now() + leaseLength)
  if (lane === undefined) return undefined
  try {
    const run = await store.run(runId)
    const plan = run === undefined ? undefined : await store.plan(run.planId)
    if (run === undefined || plan === undefined) throw new UsageError(`There is no run ${runId}. See "rollcall runs".`)
    if (run.status !== 'executing') return run
    const refusal = await forbidden(run, plan, ports)
    if (refusal !== undefined) return await forbid(run, plan, refusal, ports)
    // Raises the revision: an approval that is about to be taken back finds that work has begun.
    if (!(await store.updateRun(run))) return await store.run(runId)
    return await advance({ ...run, revision: run.revision + 1 }, plan, lane, budget, ports, requesters, onStep)
  } finally {
    await store.releaseLane(lane)
  }
}
