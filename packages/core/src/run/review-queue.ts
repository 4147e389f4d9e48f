// Quarantine: plans that wait for a person, refused or not yet approved, until somebody accepts or discards them.

import { UsageError } from '../model/errors.js'
import type { PlanId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import { codesOf, type Refusal } from '../model/refusal.js'
import type { Ports } from '../ports.js'
import { newRun, type Run } from '../model/run.js'

/** Stores a run that waits for a person: what a schedule makes when it may not act by itself. */
export async function holdForReview(
  plan: Plan,
  status: 'awaiting-approval' | 'quarantined',
  by: string,
  refusals: readonly Refusal[],
  ports: Ports,
): Promise<Run> {
  const { store, auditLog, system } = ports
  const run = { ...newRun(plan, status, by, [], ports), refusals }
  const codes = codesOf(refusals)
  const event = status === 'quarantined' ? 'quarantined' : 'awaits-approval'
  await auditLog.append({ at: system.now(), actor: by, event, planId: plan.planId, details: { codes } })
  if (await store.insertRun(run)) return run
  return (await store.runOfPlan(plan.planId)) ?? run
}

/** Keeps a refused plan with what refuses it, until a person accepts the codes or discards it. */
export async function quarantine(
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
  const plan = await store.planHead(planId)
  if (plan === undefined) throw new UsageError(`There is no plan ${planId}.`, undefined, 'show-plans')
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
