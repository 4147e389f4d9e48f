// A plan in figures: what it does, to how many accounts, the seats that it frees, and its refusals, without the accounts.

import { actions } from '../actions/index.js'
import type { ActionId } from '../model/action-id.js'
import { counted, formatCount } from '../model/format-count.js'
import type { Plan } from '../model/plan.js'
import { mostAsked } from '../plan/ask-planned.js'
import type { Refusal } from '../model/refusal.js'
import { acceptableCodes, remedyOf } from '../guard/refusals.js'
import { describeConditions } from '../policy/condition-tree.js'
import type { Ports } from '../ports.js'
import { viewExcluded } from './excluded-view.js'
import { joiningNote } from './unknown-data.js'
import { freedBy } from '../plan/seats-freed.js'
import { begunStatuses, type Run, type RunStatus } from '../model/run.js'
import { possibleIn } from '../model/run-life.js'
import { countsOf, hasEnded } from '../model/step.js'
import { formatInstant, hour } from '../model/time.js'

export interface PlannedKind {
  readonly action: ActionId
  readonly what: string
  readonly takes: boolean
  readonly undo: string
  readonly accounts: number
  readonly left: number
}

/** Describes each kind of action in a plan once, with its number of accounts, and how many of them remain. */
function kindsOf(plan: Plan, ended: ReadonlySet<number>) {
  const kinds = new Map<string, PlannedKind>()
  for (const [position, { action, target, undo }] of plan.actions.entries()) {
    const { describe, removesAccess } = actions[action]
    const what = describe(target)
    const known = kinds.get(what) ?? { action, what, takes: removesAccess, undo, accounts: 0, left: 0 }
    const left = known.left + (ended.has(position) ? 0 : 1)
    kinds.set(what, { ...known, accounts: known.accounts + 1, left })
  }
  return [...kinds.values()]
}

/** How far the run of a plan has come, and which codes an approver accepted. Resuming it changes only what remains. */
async function begunOf(plan: Plan, { store }: Ports) {
  const run = await store.runOfPlan(plan.planId)
  const steps = run === undefined ? [] : await store.steps(run.runId)
  const ended = new Set(steps.filter(hasEnded).map(({ position }) => position))
  if (run === undefined) return { run: null, verdict: null, ended }
  const left = countsOf(steps, plan.actions.length).notAttempted
  const { runId, status, accepted } = run
  return {
    run: { runId, status, begun: begunStatuses.some((one) => one === status), left, accepted },
    verdict: verdictOf(run),
    ended,
  }
}

/**
 * The verdict of a plan whose decision is closed: who approved or discarded it, and which failed checks were known then,
 * with the figures of that time. Checks of today say nothing about it.
 */
function verdictOf(run: Run | undefined) {
  if (run === undefined || decisionOf(run.status) !== null) return null
  const { approvedBy, discardedBy, refusals, overruled, accepted } = run
  const discarded = discardedBy !== undefined || run.status === 'discarded'
  const failed = discarded
    ? (refusals ?? [])
    : (overruled ?? refusals?.filter(({ code }) => accepted.includes(code)) ?? [])
  return {
    decision: discarded ? ('discarded' as const) : ('approved' as const),
    by: (discarded ? discardedBy : undefined) ?? approvedBy,
    at: formatInstant((discarded ? run.finishedAt : run.approvedAt) ?? run.startedAt),
    failed: failed.map((one) => ({ code: one.code, message: one.message })),
    accepted: discarded ? [] : accepted.filter((code) => failed.some((one) => one.code === code)),
  }
}

/** Which decision about a plan is open: null once its run executes, has finished or was discarded. */
function decisionOf(status: RunStatus | undefined) {
  if (status === undefined || possibleIn.approve.includes(status)) return 'approve'
  return possibleIn.resume.includes(status) ? 'resume' : null
}

/** About how many accounts nobody has asked Atlassian yet: the run may still skip some of them. */
function unaskedNote({ asked, actions: planned }: Plan): readonly string[] {
  if (asked === undefined || asked >= planned.length) return []
  const about = `Rollcall asked Atlassian about ${formatCount(asked)} of ${counted(planned.length, 'account', 'accounts')}`
  const why = planned.length > mostAsked ? `, since it asks for plans of at most ${mostAsked} accounts only` : ''
  return [
    `${about} while it made this plan${why}. The run asks about each account before it changes it, and may skip some.`,
  ]
}

/** What Atlassian does not report, and how many accounts the plan excludes for it. */
async function notesOf(plan: Plan, { store }: Ports): Promise<readonly string[]> {
  const { snapshotId, excluded } = plan
  const unknown = excluded.reasons.filter(
    ({ code }) => code === 'added-date-unknown' || code === 'added-date-implausible',
  )
  const accounts = unknown.reduce((sum, one) => sum + one.accounts, 0)
  const note = joiningNote(await store.snapshotHead(snapshotId), accounts)
  return [...(note === undefined ? [] : [note]), ...unaskedNote(plan)]
}

/** Summarizes a plan, with its current refusals and which of them a person may accept. */
export async function summarizePlan(plan: Plan, refusals: readonly Refusal[], ports: Ports) {
  const { run, verdict, ended } = await begunOf(plan, ports)
  const decision = decisionOf(run?.status)
  const canAcceptAll = refusals.every(({ code }) => acceptableCodes.includes(code))
  return {
    planId: plan.planId,
    fingerprint: plan.fingerprint,
    policy: plan.policy,
    source: plan.source,
    scope: plan.scope,
    population: plan.population,
    populationKind: plan.populationKind,
    madeBy: plan.madeBy,
    scheduled: plan.scheduled,
    undoOf: plan.undoOf,
    createdAt: formatInstant(plan.createdAt),
    runnableUntil: formatInstant(plan.createdAt + plan.limits.planAge * hour),
    snapshotId: plan.snapshotId,
    snapshotAsOf: formatInstant(plan.snapshotAsOf),
    organization: plan.organization,
    conditions: plan.conditions === null ? null : describeConditions(plan.conditions),
    accounts: plan.actions.length,
    kinds: kindsOf(plan, ended),
    spared: viewExcluded(plan.excluded),
    asked: plan.asked ?? null,
    notes: await notesOf(plan, ports),
    refusals: refusals.map((one) => ({
      ...one,
      acceptable: acceptableCodes.includes(one.code),
      remedy: remedyOf(one),
    })),
    frees: await freedBy(plan, ports),
    seats: plan.seats ?? [],
    run,
    verdict,
    decision,
    mayApprove: decision !== null && plan.actions.length > 0 && canAcceptAll,
    mayDiscard: run === null || possibleIn.discard.includes(run.status),
  }
}
