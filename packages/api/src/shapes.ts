// The JSON shapes that scripts rely on.

import {
  formatInstant,
  type Plan,
  type PlanHead,
  type Protection,
  type Refusal,
  type Run,
  type Step,
  type Veto,
  remedyOf,
} from '@rollcall/core'

/** The code may stand for several causes; scripts that look for the code find it. */
const refusalShape = (refusal: Refusal) => {
  const { code, cause, message, actual, limit } = refusal
  return { code, ...(cause === undefined ? {} : { cause }), message, actual, limit, remedy: remedyOf(refusal) }
}

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
  refusals: refusals.map(refusalShape),
  limits: plan.limits,
  seats: plan.seats ?? [],
})

/** What a plan is called, and how large it is: a plan of thousands is more than one answer may hold. */
export const previewShape = ({ plan, refusals }: { readonly plan: Plan; readonly refusals: readonly Refusal[] }) => ({
  planId: plan.planId,
  fingerprint: plan.fingerprint,
  accounts: plan.actions.length,
  spared: plan.spared.total,
  refusals: refusals.map(refusalShape),
})

/** A plan that waits for a person, with what refused it when it was put there. */
export const waitingShape = ({ run, plan }: { readonly run: Run; readonly plan: PlanHead }) => ({
  planId: plan.planId,
  policy: plan.policy,
  status: run.status,
  since: formatInstant(run.startedAt),
  accounts: plan.accounts,
  population: plan.population,
  fingerprint: plan.fingerprint,
  refusals: (run.refusals ?? []).map(refusalShape),
})

/** An account that is left alone since a person gave access back; without an end it waits to be lifted. */
export const vetoShape = ({ accountId, action, runId, since, until, times }: Veto) => ({
  accountId,
  action,
  runId,
  since: formatInstant(since),
  until: until === undefined ? null : formatInstant(until),
  times,
})

/** An entry of the protected list. */
export const protectionShape = ({ subject, reason, by, addedAt, until }: Protection) => ({
  subject,
  reason,
  by,
  addedAt: formatInstant(addedAt),
  until: until === undefined ? null : formatInstant(until),
})

/** What became of one planned action. */
export const resultShape = ({ accountId, action, state, reason }: Step) => ({
  accountId,
  action,
  state,
  reason: reason ?? null,
})
