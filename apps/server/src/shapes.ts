// The JSON shapes that scripts rely on.

import { formatInstant, type Plan, type Protection, type Refusal, type Step } from '@rollcall/core'

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

/** An entry of the protected list. */
export const protectionShape = ({ subject, reason, by, addedAt, until }: Protection) => ({
  ...{ subject, reason, by, addedAt: formatInstant(addedAt) },
  until: until === undefined ? null : formatInstant(until),
})

/** What became of one planned action. */
export const resultShape = ({ accountId, action, state, reason }: Step) => ({
  ...{ accountId, action, state },
  reason: reason ?? null,
})
