// Excludes accounts from a plan that nobody has approved yet: a new plan takes its place, also in the review queue.

import { refusalsOf } from '../guard/context.js'
import { UsageError } from '../model/errors.js'
import type { OrganizationId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import { possibleIn } from '../model/run-life.js'
import { planWithout, type LeaveOutRequest } from '../plan/leave-out.js'
import type { Ports } from '../ports.js'
import { discard, holdForReview } from './review-queue.js'

/** Makes a plan without some accounts, and discards the one that it replaces. Throws a `UsageError` once its run has begun. */
export async function excludeAccounts(
  plan: Plan,
  request: LeaveOutRequest,
  organizationId: OrganizationId,
  ports: Ports,
): Promise<Plan> {
  const run = await ports.store.runOfPlan(plan.planId)
  if (run !== undefined && !possibleIn.discard.includes(run.status))
    throw new UsageError(`Nobody can exclude accounts from this plan any more: its run is ${run.status}.`)
  const narrowed = await planWithout(plan, request, ports)
  // The old plan goes before the new one waits for approval, so that nobody can run both.
  await discard(plan.planId, request.by, ports)
  if (run === undefined) return narrowed
  const refusals = await refusalsOf(narrowed, organizationId, ports)
  await holdForReview(narrowed, refusals.length > 0 ? 'quarantined' : 'awaiting-approval', request.by, refusals, ports)
  return narrowed
}
