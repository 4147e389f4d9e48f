// The JSON shapes that scripts rely on.

import type { Plan, Refusal } from '@rollcall/core'

/** A plan as `rollcall plan --json` prints it. */
export const planShape = ({ plan, refusals }: { readonly plan: Plan; readonly refusals: readonly Refusal[] }) => ({
  planId: plan.planId,
  fingerprint: plan.fingerprint,
  policy: plan.policy,
  snapshotId: plan.snapshotId,
  organization: plan.organization,
  population: plan.population,
  actions: plan.actions.map(({ accountId, action, target, reason, undo }) => ({
    accountId,
    action,
    target,
    reason,
    undo,
  })),
  spared: plan.spared,
  refusals: refusals.map(({ code, message, actual, limit }) => ({ code, message, actual, limit })),
})
