// Approve: a person or a schedule approves one plan by its fingerprint. Guard checks the plan again, and it becomes a run.
// A refused plan is quarantined.

import type { AuditEvent } from '../model/audit-event.js'
import { UsageError } from '../model/errors.js'
import type { GuardContext } from '../guard/check.js'
import { guard } from '../guard/guard.js'
import { onlyRestores } from '../guard/only-restores.js'
import type { Moment } from '../guard/moment.js'
import { acceptableCodes, notAccepted, rowOf } from '../guard/refusals.js'
import type { OrganizationId, PlanId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import { codesOf, type Refusal, type RefusalCode } from '../model/refusal.js'
import type { Ports } from '../ports.js'
import { quarantine } from './review-queue.js'
import type { Run, RunStatus } from '../model/run.js'
import { next } from '../model/run-life.js'
import { stopSwitchValue } from '../settings/stop-switch.js'
import { begin, closeOrigin, endedBy, hasGoneOn, isOver, refuseUndone } from './begin-run.js'
import type { Instant } from '../model/time.js'
import { guardContext, refusalsOf } from '../guard/context.js'

export interface Approval {
  readonly planId: PlanId
  readonly fingerprint: string
  readonly accepted: readonly RefusalCode[]
  readonly by: string
  /** Until when a schedule may approve; later, the plan needs the approval of a person. */
  readonly until?: Instant
}

/** The run, or the refusals. Without a run and without refusals, a schedule came too late to approve the plan. */
export type ApprovalResult =
  | { readonly run: Run; readonly plan: Plan }
  | { readonly plan: Plan; readonly refusals: readonly Refusal[] }

/** The moment for guard, by how far the plan's run has come. */
function momentOf(status: RunStatus | undefined, unbegun: 'preview' | 'approve'): Moment {
  if (status === 'stopped') return 'resume'
  if (status === 'executing') return 'rejoin'
  return status === 'finished' ? 'report' : unbegun
}

/** The current refusals of a plan, by how far its run has come. A run that is executing or over has none. */
export async function currentRefusals(
  plan: Plan,
  organizationId: OrganizationId,
  ports: Ports,
): Promise<readonly Refusal[]> {
  const run = await ports.store.runOfPlan(plan.planId)
  if (run !== undefined && (run.status === 'executing' || isOver(run))) return []
  const refusals = await refusalsOf(plan, organizationId, ports, momentOf(run?.status, 'preview'))
  return run?.status === 'stopped' ? notAccepted(refusals, run.accepted) : refusals
}

type Where = Pick<GuardContext, 'organizationId' | 'connected'>

/** How often an approval checks whether the others have yielded, and the pause between two checks in milliseconds. */
const [maxChecks, pause] = [20, 50]

const isBefore = (a: Run, b: Run): boolean =>
  a.startedAt < b.startedAt || (a.startedAt === b.startedAt && a.runId < b.runId)

/**
 * Checks the weekly budget again, now that others can see the run. Of several approvals at the same time, each sees the
 * earlier ones, so they cannot all pass: the later ones yield, and the first one waits for that.
 */
async function exceedsBudgetNow(run: Run, plan: Plan, where: Where, ports: Ports) {
  const { store, system } = ports
  for (let check = 1; ; check += 1) {
    const now = await guardContext(plan, where, plan.fingerprint, ports)
    const over = notAccepted(guard(plan, now, 'approve'), run.accepted).find(
      (refusal) => rowOf(refusal).checkedAgainOnceBegun,
    )
    if (over === undefined || check === maxChecks) return over
    const others = (await store.runsWith('executing')).filter(({ runId }) => runId !== run.runId)
    if (others.some((other) => isBefore(other, run))) return over
    await system.wait(pause)
  }
}

/**
 * The refusal that an approval finds once others can see its run: the weekly budget, which several approvals share, and
 * the stop switch, when somebody has used it since the first check.
 */
async function refusalOnceBegun(
  run: Run,
  plan: Plan,
  { where, switchBefore }: { readonly where: Where; readonly switchBefore: string | undefined },
  ports: Ports,
): Promise<Refusal | undefined> {
  const used = (await stopSwitchValue(ports)) !== switchBefore && !onlyRestores(plan)
  if (!used) return exceedsBudgetNow(run, plan, where, ports)
  return { code: 'stopped', message: 'Somebody has used the stop switch meanwhile.', actual: 'used', limit: 'unused' }
}

/** Withdraws an approval; false when a process already works on the run. */
async function withdraw(run: Run, earlier: Run | undefined, { store }: Ports): Promise<boolean> {
  if (await store.updateRun(next(run, { kind: 'withdraw', earlier }))) return true
  const status = (await store.run(run.runId))?.status
  return status !== 'executing' && status !== 'finished'
}

/** Approves a plan by its fingerprint. Guard checks it against the organization as it is now; accepted codes are logged. */
export async function approve(
  approval: Approval,
  organizationId: OrganizationId,
  ports: Ports,
): Promise<ApprovalResult> {
  const { directory, store, auditLog, system } = ports
  const { planId, fingerprint, by } = approval
  const plan = await store.plan(planId)
  if (plan === undefined) throw new UsageError(`There is no plan ${planId}.`, undefined, 'make-new-plan')
  const unacceptable = approval.accepted.find((code) => !acceptableCodes.includes(code))
  if (unacceptable !== undefined)
    throw new UsageError(`${unacceptable} cannot be accepted; only ${acceptableCodes.join(', ')} can.`)
  const log = (event: AuditEvent, details: Readonly<Record<string, unknown>>) =>
    auditLog.append({ at: system.now(), actor: by, event, planId, details })
  const existing = await store.runOfPlan(planId)
  if (existing?.status === 'discarded' || existing?.status === 'cancelled') throw endedBy(existing)
  if (existing === undefined && (await hasGoneOn(plan, ports)))
    throw new UsageError('The run has changed more accounts since. Plan the undo again.', undefined, 'show-runs')
  if (existing !== undefined) await refuseUndone(existing, by, ports)
  const switchBefore = await stopSwitchValue(ports)
  const refuse = async (refusals: readonly Refusal[]): Promise<ApprovalResult> => {
    await log('refused', { codes: codesOf(refusals) })
    // The fingerprint of another plan is most likely a typo, and no reason to block this plan.
    if (fingerprint === plan.fingerprint) await quarantine(plan, existing, refusals, by, ports)
    return { plan, refusals }
  }
  // Codes that the approval accepted stay accepted when the run is resumed.
  const resumed = existing?.status === 'stopped'
  const accepted = [...new Set([...approval.accepted, ...(resumed ? existing.accepted : [])])]
  // First, since the response sets the clock: a wrong clock must not make an old plan look new.
  const where = { organizationId, connected: await directory.organization() }
  const now = await guardContext(plan, where, fingerprint, ports)
  const found = guard(plan, now, momentOf(existing?.status, 'approve'))
  const refusals = notAccepted(found, accepted)
  // Accepted for the first stretch of a resumed run stays on record.
  const overruled = [...(existing?.overruled ?? []), ...found.filter((one) => !refusals.includes(one))]
  if (refusals.length > 0) return refuse(refusals)
  if (existing?.status === 'executing' || existing?.status === 'finished') return { plan, run: existing }
  if (system.now() > (approval.until ?? Infinity)) return { plan, refusals: [] }
  await log(resumed ? 'run-resumed' : 'approved', { fingerprint, accepted })
  const run = await begin(plan, existing, { ...approval, accepted, overruled }, ports)
  if (run === undefined) throw new UsageError(`The run of plan ${planId} is gone. Make a new plan.`)
  if (run.status === 'discarded' || run.status === 'cancelled') {
    await auditLog.append({ at: system.now(), actor: by, event: 'refused', planId, reason: endedBy(run).message })
    throw endedBy(run)
  }
  if (run.status !== 'executing' && run.status !== 'finished')
    throw new UsageError('Others decide about this plan at the same time. Look at it again.', undefined, 'review-plan')
  await closeOrigin(plan, by, ports)
  const over =
    run.status === 'executing' ? await refusalOnceBegun(run, plan, { where, switchBefore }, ports) : undefined
  return over !== undefined && (await withdraw(run, existing, ports)) ? refuse([over]) : { run, plan }
}
