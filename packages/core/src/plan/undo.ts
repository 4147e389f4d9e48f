// Undo: a new plan that reverses exactly the changes of a run, with the same guard and execution.

import { inverseOf, resourceOf, type Change } from '../model/change.js'
import { actions } from '../actions/index.js'
import type { Exclusion } from '../model/exclusion.js'
import type { WorkspaceAri } from '../model/ids.js'
import { hasPaidSeats } from '../model/paid-seat.js'
import type { Plan, PlannedAction, SeatsNeeded } from '../model/plan.js'
import type { Ports } from '../ports.js'
import { hasEnded, stepsByAccount, type Step } from '../model/step.js'
import type { Instant } from '../model/time.js'
import type { Snapshot } from '../model/snapshot.js'
import type { Veto } from '../model/veto.js'
import { countUsedSeats } from '../sync/seat-count.js'
import type { Draft } from './draft.js'
import { excludedCounter } from './excluded-counter.js'

/** The errors with which Atlassian refuses a change, so that it surely had no effect. */
const refusedBy: readonly Step['trouble'][] = ['conflict', 'seat-limit', 'not-found', 'forbidden', 'unauthorized']

/** True if Atlassian refused what the step sent. A step that was skipped for that has a code and no error. */
const wasRefused = ({ trouble, exclusion }: Step): boolean =>
  refusedBy.includes(trouble) || exclusion === 'no-longer-found'

/** True if a step may have changed the account: it was sent, and Atlassian did not refuse it. */
export const hasEffect = (step: Step): boolean => {
  const { state, attempts } = step
  return (
    state === 'applied' ||
    state === 'unknown' ||
    state === 'sent' ||
    (hasEnded(step) && attempts > 0 && !wasRefused(step))
  )
}

/**
 * The newest activity known to the undo; newer activity excludes an account whose undo removes access. Activity after a
 * run granted access is newer. All other undos go back to a run that removed access, and keep the activity of its plan.
 */
function knownActivity(plan: Plan, { action, position, intentAt }: Step): Instant | null {
  const known = plan.actions[position]?.lastActive ?? null
  if (actions[action].removesAccess || plan.source === 'undo' || intentAt === undefined) return known
  return intentAt
}

/** What still stands of a step's changes, and why the rest does not. */
interface Standing {
  readonly changes: readonly Change[]
  readonly because: Exclusion | undefined
}

/** Finds the changes that still stand: no person gave them back, and no later run of Rollcall reversed them. */
function standingChanges(step: Step, restored: Veto | undefined, all: readonly Step[]): Standing {
  const { runId, action, state } = step
  const { removesAccess } = actions[action]
  const veto = removesAccess && state === 'applied' ? restored : undefined
  // Newest first: the steps before this one in the list came later.
  const own = all.findIndex((one) => one.runId === runId)
  const since = all.slice(0, Math.max(0, own)).filter((one) => one.state === 'applied')
  let because: Exclusion | undefined
  const changes = step.changes.filter((change) => {
    const resource = resourceOf(change)
    if (veto !== undefined && (veto.resources?.includes(resource) ?? true)) {
      because = { code: 'restored-since' }
      return false
    }
    const last = since.find((one) => one.changes.some((later) => resourceOf(later) === resource))
    if (last === undefined || actions[last.action].removesAccess === removesAccess) return true
    because ??= { code: 'reversed-since', runId: last.runId }
    return false
  })
  return { changes, because }
}

/** The states of steps that changed nothing. */
const unchangedState = ({ state }: Step): 'intent' | 'skipped' | 'failed' | 'not-attempted' =>
  state === 'intent' || state === 'skipped' || state === 'failed' ? state : 'not-attempted'

/** The steps of how many changes to read at once. */
const atOnce = 500

/** Finds what still stands of each step that may have changed something. */
export async function standingOf(steps: readonly Step[], { store }: Ports): Promise<ReadonlyMap<Step, Standing>> {
  const changed = steps.filter(hasEffect)
  const vetoes = new Map<string, Veto>()
  for (const runId of new Set(changed.map((step) => step.runId)))
    for (const veto of await store.vetoesOfRun(runId)) vetoes.set(`${runId} ${veto.accountId}`, veto)
  const standing = new Map<Step, Standing>()
  for (let start = 0; start < changed.length; start += atOnce) {
    const portion = changed.slice(start, start + atOnce)
    const known = stepsByAccount(await store.stepsOfSome(portion.map(({ accountId }) => accountId)))
    for (const step of portion) {
      const veto = vetoes.get(`${step.runId} ${step.accountId}`)
      standing.set(step, standingChanges(step, veto, known.get(step.accountId) ?? []))
    }
  }
  return standing
}

/**
 * Drafts the undo, newest step first, each with its recorded changes reversed. If a step had no effect after all, the run
 * of the undo finds the earlier state and skips the account.
 */
export async function draftUndo(plan: Plan, steps: readonly Step[], ports: Ports): Promise<Draft> {
  const standing = await standingOf(steps, ports)
  const applied = steps
    .filter((step) => (standing.get(step)?.changes.length ?? 0) > 0)
    .toSorted((a, b) => b.position - a.position)
  const undone = applied.map((step): PlannedAction => {
    const inverse = actions[step.action].inverse
    const target = {
      ...step.target,
      changes: (standing.get(step)?.changes ?? []).map(inverseOf).toReversed(),
      ...(step.before === undefined || !actions[step.action].removesAccess ? {} : { before: step.before }),
    }
    return {
      accountId: step.accountId,
      action: inverse,
      target,
      reason: `undoes ${actions[step.action].describe(step.target)} of run ${step.runId}`,
      undo: actions[inverse].undo(target),
      lastActive: knownActivity(plan, step),
    }
  })
  const excluded = excludedCounter()
  for (const step of steps) {
    const { changes = [], because } = standing.get(step) ?? {}
    if (because !== undefined && changes.length === 0) excluded.add(because)
    else if (!hasEffect(step)) excluded.add({ code: 'nothing-changed', state: unchangedState(step) })
  }
  return { actions: undone, excluded: excluded.counts(), population: plan.population }
}

/** The products of which a restore takes a seat: those of its groups, or all products that the account had before. */
function productsRestored({ action, target }: PlannedAction, { groups }: Snapshot): readonly WorkspaceAri[] {
  if (actions[action].removesAccess) return []
  const joined = (target.changes ?? []).flatMap((change) => ('groupId' in change ? [change.groupId] : []))
  if (joined.length === 0) return target.before?.products ?? []
  return [...new Set(groups.filter(({ id }) => joined.includes(id)).flatMap(({ grants }) => grants))]
}

/** Counts the seats that actions of an undo need, by workspace. */
export function countsByProduct(
  planned: readonly PlannedAction[],
  snapshot: Snapshot,
): ReadonlyMap<WorkspaceAri, number> {
  const needed = new Map<WorkspaceAri, number>()
  for (const action of planned)
    for (const ari of productsRestored(action, snapshot)) needed.set(ari, (needed.get(ari) ?? 0) + 1)
  return needed
}

/** Counts the seats that an undo needs, and the free ones, null where unknown: one request for each product. */
export async function seatsNeeded(
  planned: readonly PlannedAction[],
  snapshot: Snapshot,
  ports: Ports,
): Promise<readonly SeatsNeeded[]> {
  const needed = countsByProduct(planned, snapshot)
  const seats: SeatsNeeded[] = []
  for (const { ari, site, product, capacity } of snapshot.seats.filter(hasPaidSeats)) {
    const count = needed.get(ari)
    if (count === undefined) continue
    const used = capacity === undefined ? undefined : await countUsedSeats(ari, ports)
    const available = capacity === undefined || used === undefined ? null : Math.max(0, capacity - used)
    seats.push({ site, product, needed: count, available })
  }
  return seats
}
