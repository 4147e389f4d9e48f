// The review queue: plans that need approval or are blocked, until a person approves or discards them.

import { UsageError } from '../model/errors.js'
import type { PlanId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import { codesOf, type Refusal } from '../model/refusal.js'
import type { Ports } from '../ports.js'
import { newRun, type Run } from '../model/run.js'
import { next, possibleIn } from '../model/run-life.js'

/** Stores a run that needs approval or is blocked. A schedule calls it when it must not start the run itself. */
export async function holdForReview(
  plan: Plan,
  status: 'awaiting-approval' | 'quarantined',
  by: string,
  refusals: readonly Refusal[],
  ports: Ports,
): Promise<Run> {
  const { store, auditLog, system } = ports
  const event = status === 'quarantined' ? ({ kind: 'quarantine', refusals } as const) : ({ kind: 'hold' } as const)
  const run = next(newRun(plan, status, by, [], ports), event)
  const codes = codesOf(refusals)
  const logged = status === 'quarantined' ? 'quarantined' : 'awaits-approval'
  await auditLog.append({ at: system.now(), actor: by, event: logged, planId: plan.planId, details: { codes } })
  if (await store.insertRun(run)) return run
  return (await store.runOfPlan(plan.planId)) ?? run
}

/** Blocks a refused plan, and stores its refusals, until a person accepts the codes or discards it. */
export async function quarantine(
  plan: Plan,
  existing: Run | undefined,
  refusals: readonly Refusal[],
  by: string,
  ports: Ports,
): Promise<void> {
  const { store } = ports
  const before = existing ?? newRun(plan, 'quarantined', by, [], ports)
  const run = next(before, { kind: 'quarantine', refusals })
  if (existing === undefined) await store.insertRun(run)
  else if (run !== existing) await store.updateRun(run)
}

/** Discards a plan that needs approval or is blocked: it never runs. Throws a `UsageError` once its run has begun. */
export async function discard(planId: PlanId, by: string, ports: Ports): Promise<Run> {
  const { store, auditLog, system } = ports
  const plan = await store.planHead(planId)
  if (plan === undefined) throw new UsageError(`There is no plan ${planId}.`, undefined, 'show-plans')
  const existing = await store.runOfPlan(planId)
  if (existing?.status === 'discarded') return existing
  const open = existing === undefined || possibleIn.discard.includes(existing.status)
  if (!open) throw new UsageError(`Plan ${planId} has begun: its run is ${existing.status}. Undo the run instead.`)
  const before = existing ?? newRun(plan, 'awaiting-approval', by, [], ports)
  const discarded = next(before, { kind: 'discard', by, at: system.now() })
  const done = await (existing === undefined ? store.insertRun(discarded) : store.updateRun(discarded))
  const run = await store.runOfPlan(planId)
  // The effect comes before the log, which would otherwise name a discard that an approval has overtaken.
  if (done) await auditLog.append({ at: system.now(), actor: by, event: 'discarded', planId })
  if (done && run !== undefined) return run
  throw new UsageError(`Somebody else changed it first: the run of plan ${planId} is ${run?.status ?? 'gone'}.`)
}
