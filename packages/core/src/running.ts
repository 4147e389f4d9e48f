// Running: an approval becomes a run, once; a run that was cut off goes on; a finished one is only reported.

import { spentBudget } from './budget.js'
import { checkpoint } from './checkpoint.js'
import { DirectoryError, UsageError } from './errors.js'
import { advance, undoAhead, type Budget } from './execute.js'
import { guard, notAccepted, type Circumstances } from './guard.js'
import { brandId, type AccountId, type OrganizationId, type PlanId, type RunId } from './ids.js'
import { enterLane, isTaken, renewLease } from './lane.js'
import type { Organization } from './organization.js'
import { acceptableCodes, type Plan, type Refusal, type RefusalCode } from './plan.js'
import { circumstances } from './planning.js'
import type { Lane, Ports } from './ports.js'
import type { HaltCause, Run, RunStatus } from './run.js'
import { hasBegun, isTerminal, type Step } from './step.js'
import type { Instant } from './time.js'

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

type Where = Pick<Circumstances, 'organizationId' | 'answering'>

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
  ...(plan.undoOf === null ? {} : { undoOf: plan.undoOf }),
})

/** Stores a run that waits for a person: what a schedule makes when it may not act by itself. */
export async function park(
  plan: Plan,
  status: 'awaiting-approval' | 'quarantined',
  by: string,
  refusals: readonly Refusal[],
  ports: Ports,
): Promise<Run> {
  const { store, auditLog, system } = ports
  const run = { ...newRun(plan, status, by, [], ports), refusals }
  const codes = refusals.map(({ code }) => code)
  const event = status === 'quarantined' ? 'quarantined' : 'awaits-approval'
  await auditLog.append({ at: system.now(), actor: by, event, planId: plan.planId, details: { codes } })
  if (await store.insertRun(run)) return run
  return (await store.runOfPlan(plan.planId)) ?? run
}

/** Circumstances in which only an altered plan, or the approval of another one, is a mismatch. */
const unaltered = (now: Circumstances, plan: Plan): Circumstances => ({
  ...now,
  protectedDigest: now.protectedDigest === undefined ? undefined : plan.protectedDigest,
  limitsDigest: plan.limitsDigest,
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
  const ended = (await store.steps(existing.runId)).filter(({ state }) => isTerminal(state))
  const judgedFrom = Math.max(0, ...ended.map(({ position }) => position + 1))
  await store.updateRun({ ...rest, status: 'executing', approvedBy: by, accepted, judgedFrom })
  return store.run(existing.runId)
}

const isBefore = (a: Run, b: Run): boolean =>
  a.startedAt < b.startedAt || (a.startedAt === b.startedAt && a.runId < b.runId)

/**
 * Looks at the budget once more, now that others can see the run. Of approvals at the same time each sees those before
 * it, so they cannot all go on; the later ones yield, and the first one waits for that.
 */
async function overrun(run: Run, plan: Plan, where: Where, ports: Ports) {
  const { store, system } = ports
  for (let look = 1; ; look += 1) {
    const now = await circumstances(plan, where, plan.fingerprint, ports)
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

/** Keeps a refused plan with what refuses it, until a person accepts the codes or discards it. */
async function quarantine(
  plan: Plan,
  existing: Run | undefined,
  refusals: readonly Refusal[],
  by: string,
  ports: Ports,
): Promise<void> {
  const { store } = ports
  if (existing === undefined) await store.insertRun({ ...newRun(plan, 'quarantined', by, [], ports), refusals })
  else if (existing.status === 'awaiting-approval' || existing.status === 'quarantined')
    await store.updateRun({ ...existing, status: 'quarantined', refusals })
}

/** Discards a plan that waits or was refused: it never runs. */
export async function discard(planId: PlanId, by: string, ports: Ports): Promise<Run> {
  const { store, auditLog, system } = ports
  const plan = await store.plan(planId)
  if (plan === undefined) throw new UsageError(`There is no plan ${planId}. See "rollcall plans".`)
  const existing = await store.runOfPlan(planId)
  if (existing?.status === 'discarded') return existing
  const open = existing === undefined || existing.status === 'awaiting-approval' || existing.status === 'quarantined'
  if (!open) throw new UsageError(`Plan ${planId} has begun: its run is ${existing.status}. Undo the run instead.`)
  await auditLog.append({ at: system.now(), actor: by, event: 'discarded', planId })
  const discarded = { status: 'discarded', discardedBy: by, finishedAt: system.now() } as const
  const done =
    existing === undefined
      ? await store.insertRun({ ...newRun(plan, 'discarded', by, [], ports), ...discarded })
      : await store.updateRun({ ...existing, ...discarded })
  const run = await store.runOfPlan(planId)
  if (done && run !== undefined) return run
  throw new UsageError(`Somebody else was faster: the run of plan ${planId} is ${run?.status ?? 'gone'}.`)
}

/** Approves a plan by its fingerprint. Guard looks once more, at the organization as Atlassian tells it now; the accepted codes are named and audited. */
export async function approve(approval: Approval, organizationId: OrganizationId, ports: Ports): Promise<Approved> {
  const { directory, store, auditLog, system } = ports
  const { planId, fingerprint, by } = approval
  const plan = await store.plan(planId)
  if (plan === undefined) throw new UsageError(`There is no plan ${planId}. Make one with "rollcall plan".`)
  const strange = approval.accepted.find((code) => !acceptableCodes.includes(code))
  if (strange !== undefined)
    throw new UsageError(`${strange} cannot be accepted; only ${acceptableCodes.join(', ')} can.`)
  const tell = (event: string, details: Readonly<Record<string, unknown>>) =>
    auditLog.append({ at: system.now(), actor: by, event, planId, details })
  const existing = await store.runOfPlan(planId)
  if (existing?.status === 'discarded')
    throw new UsageError(`${existing.discardedBy ?? 'Somebody'} discarded this plan. Make a new one.`)
  const refuse = async (refusals: readonly Refusal[]): Promise<Approved> => {
    await tell('refused', { codes: refusals.map(({ code }) => code) })
    // Who approves another fingerprint than the plan's has mistyped it, and has said nothing about this plan.
    if (fingerprint === plan.fingerprint) await quarantine(plan, existing, refusals, by, ports)
    return { plan, refusals }
  }
  // What was accepted when a run was approved stays accepted when it is resumed.
  const resumed = existing?.status === 'stopped'
  const accepted = [...new Set([...approval.accepted, ...(resumed ? existing.accepted : [])])]
  // Asked first, since it also tells Atlassian's time: no plan is young by a wrong clock.
  const where = { organizationId, answering: await directory.organization() }
  const now = await circumstances(plan, where, fingerprint, ports)
  const refusals = notAccepted(against(plan, existing?.status, now), accepted)
  if (refusals.length > 0) return refuse(refusals)
  if (existing?.status === 'executing' || existing?.status === 'finished') return { plan, run: existing }
  await tell(resumed ? 'run-resumed' : 'approved', { fingerprint, accepted })
  const run = await begin(plan, existing, { ...approval, accepted }, ports)
  if (run === undefined) throw new UsageError(`The run of plan ${planId} is gone. Make a new plan.`)
  const over = run.status === 'executing' ? await overrun(run, plan, where, ports) : undefined
  return over !== undefined && (await withdraw(run, existing, ports)) ? refuse([over]) : { run, plan }
}

/** What forbids a run to go on, whoever approved it: all that guard refuses at its first step, later an altered plan. */
async function forbidden(run: Run, plan: Plan, answering: Organization, ports: Ports): Promise<Refusal | undefined> {
  const where = { organizationId: plan.organization.id, answering }
  const now = await circumstances(plan, where, undefined, ports)
  if (hasBegun(await ports.store.steps(run.runId))) {
    const codes: readonly RefusalCode[] = ['wrong-organization', 'fingerprint-mismatch']
    return guard(plan, unaltered(now, plan)).find(({ code }) => codes.includes(code))
  }
  // Runs begin one after another in the lane, so that here the count is exact; and whatever has changed since the
  // approval refuses a run that has not begun.
  const spent = await spentBudget(plan, 'begun', ports)
  const [refusal] = notAccepted(guard(plan, { ...now, spent }), run.accepted)
  return refusal
}

/** Stops a run that must not go on; the audit log hears of it first. */
async function stopRun(
  run: Run,
  plan: Plan,
  reason: string,
  about: { readonly haltCause?: HaltCause; readonly codes?: readonly RefusalCode[] },
  ports: Ports,
): Promise<Run> {
  const { store, auditLog, system } = ports
  const [at, ids, { codes, ...cause }] = [system.now(), { runId: run.runId, planId: plan.planId }, about]
  const details = codes === undefined ? {} : { details: { codes } }
  await auditLog.append({ at, actor: run.approvedBy, event: 'run-stopped', ...ids, reason, ...details })
  await store.updateRun({ ...run, status: 'stopped', stopReason: reason, finishedAt: at, ...cause })
  await checkpoint('run', ports)
  return (await store.run(run.runId)) ?? run
}

interface Work {
  /** What Atlassian says of the organization, or why it does not. */
  readonly answering: Organization | DirectoryError
  readonly budget: Budget
  readonly requesters: readonly AccountId[]
  readonly onStep: ((step: Step) => void) | undefined
}

/** Advances one run inside the lane, unless something forbids it. */
async function workOn(run: Run, lane: Lane, work: Work, ports: Ports): Promise<Run> {
  const { answering, budget, requesters, onStep } = work
  const { store } = ports
  const plan = await store.plan(run.planId)
  if (plan === undefined) throw new UsageError(`The plan of run ${run.runId} is gone. Restore the database.`)
  if (answering instanceof DirectoryError) {
    const refused = answering.code === 'unauthorized' || answering.code === 'forbidden'
    return stopRun(run, plan, answering.message, { haltCause: refused ? 'credentials' : 'unavailable' }, ports)
  }
  const refusal = await forbidden(run, plan, answering, ports)
  if (refusal !== undefined) return stopRun(run, plan, refusal.message, { codes: [refusal.code] }, ports)
  // Raises the revision: an approval that is about to be taken back finds that work has begun.
  if (!(await store.updateRun(run))) return (await store.run(run.runId)) ?? run
  return advance({ ...run, revision: run.revision + 1 }, plan, lane, budget, ports, requesters, onStep)
}

/** Asked before the lane is entered, since it also tells Atlassian's time: no lease is taken by a wrong clock. */
const askWho = ({ directory }: Ports): Promise<Organization | DirectoryError> =>
  directory.organization().catch((failure: unknown) => {
    if (failure instanceof DirectoryError) return failure
    throw failure
  })

const rests = ({ restUntil }: Run, now: Instant): boolean => restUntil !== undefined && now < restUntil

/** The lane anew, for a run that waits to be judged again: the lease ran out, in a wait for Atlassian, before it began. */
async function afterSleep(
  run: Run,
  { owner, token }: Lane,
  { until }: Budget,
  ports: Ports,
): Promise<Lane | undefined> {
  const { store, system } = ports
  if (rests(run, system.now()) || system.now() >= until || hasBegun(await store.steps(run.runId))) return undefined
  const renewed = await renewLease(owner, ports)
  return renewed?.token === token ? renewed : undefined
}

/**
 * Advances a run if nobody else works in this organization; undefined when the lane is taken. An undo that waits goes
 * first, whichever run was asked for; a run that rests, or has used up its share of time, is still executing.
 */
export async function work(
  runId: RunId,
  owner: string,
  budget: Budget,
  ports: Ports,
  requesters: readonly AccountId[],
  onStep?: (step: Step) => void,
): Promise<Run | undefined> {
  const { store, system } = ports
  const asked = await store.run(runId)
  if (asked === undefined) throw new UsageError(`There is no run ${runId}. See "rollcall runs".`)
  const waits = async (run: Run) => rests(run, system.now()) && (await undoAhead(run, ports)) === undefined
  if (asked.status !== 'executing' || (await waits(asked))) return asked
  if (await isTaken(owner, ports)) return undefined
  const answering = await askWho(ports)
  const entered = await enterLane(owner, ports)
  if (entered === undefined) return undefined
  let lane = entered
  const work: Work = { answering, budget, requesters, onStep }
  try {
    for (;;) {
      const run = await store.run(runId)
      if (run === undefined || run.status !== 'executing' || (await waits(run))) return run
      const undo = await undoAhead(run, ports)
      if (undo === undefined) {
        const worked = await workOn(run, lane, work, ports)
        if (worked.status !== 'executing') return worked
        const gaveWay = (await undoAhead(worked, ports)) !== undefined
        const renewed = gaveWay ? lane : await afterSleep(worked, lane, budget, ports)
        if (renewed === undefined) return worked
        lane = renewed
        continue
      }
      const undone = await workOn(undo, lane, { ...work, onStep: undefined }, ports)
      // It goes on at the next advance, and this run behind it; with a refused key nobody asks again.
      if (undone.status === 'executing' || undone.haltCause === 'credentials') return run
    }
  } finally {
    await store.releaseLane(lane)
  }
}
