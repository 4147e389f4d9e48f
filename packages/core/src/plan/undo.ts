// Undo: a plan of its own that takes back exactly what a run changed, through the same guard and execute.

import { inverseOf, resourceOf } from '../model/change.js'
import { actions } from '../actions/index.js'
import type { WorkspaceAri } from '../model/ids.js'
import type { Plan, PlannedAction, SeatsNeeded } from '../model/plan.js'
import type { Ports } from '../ports.js'
import type { Step } from '../model/step.js'
import type { Instant } from '../model/time.js'
import type { Snapshot } from '../model/snapshot.js'
import type { Veto } from '../model/veto.js'
import type { Draft } from './draft.js'

/** Says whether a step may have changed something: applied, unknown, or cut off after sending. */
const changed = ({ state }: Step): boolean => state === 'applied' || state === 'unknown' || state === 'sent'

/**
 * The point of time from which activity spares an account, where the way back takes something away. What a run gave
 * by itself may have been used since it was given. Behind everything else stands a run that took something: what its
 * plan knew is handed on from undo to undo.
 */
function knownActivity(plan: Plan, { action, position, intentAt }: Step): Instant | null {
  const known = plan.actions[position]?.lastActive ?? null
  if (actions[action].removesAccess || plan.source === 'undo' || intentAt === undefined) return known
  return intentAt
}

/** Why a step needs no undo: what it took was given back since, and what came after that is not ours. */
async function givenBackBecause(step: Step, vetoes: readonly Veto[], { store }: Ports): Promise<string | undefined> {
  const { accountId, runId, changes } = step
  const { removesAccess } = actions[step.action]
  if (
    removesAccess &&
    step.state === 'applied' &&
    vetoes.some((one) => one.accountId === accountId && one.runId === runId)
  )
    return 'a person has given it back since: nothing left to undo'
  const things = new Set(changes.map(resourceOf))
  // Newest first: what stands before the step came after it.
  const all = await store.stepsOf(accountId)
  const own = all.findIndex((one) => one.runId === runId)
  const since = all.slice(0, Math.max(0, own)).filter(({ state }) => state === 'applied')
  const [last] = since.filter((one) => one.changes.some((change) => things.has(resourceOf(change))))
  const reversed = last !== undefined && actions[last.action].removesAccess !== removesAccess
  return reversed ? `run ${last.runId} has reversed it since: nothing left to undo` : undefined
}

/** Why steps need no undo that may have changed something: what they did is not there any more. */
async function givenBackSince(steps: readonly Step[], ports: Ports): Promise<ReadonlyMap<Step, string>> {
  const vetoes = await ports.store.vetoes()
  const back = new Map<Step, string>()
  for (const step of steps.filter(changed)) {
    const because = await givenBackBecause(step, vetoes, ports)
    if (because !== undefined) back.set(step, because)
  }
  return back
}

/** Why a step needs no undo that changed nothing. */
function nothingToUndo({ state }: Step): string {
  if (state === 'skipped') return 'was skipped: nothing to undo'
  return state === 'intent' ? 'was never sent: nothing to undo' : `ended ${state}: nothing to undo`
}

/**
 * Drafts the way back, newest first, each step with its recorded changes reversed. Where a step had no effect
 * after all, execute finds the earlier state and skips it.
 */
export async function draftUndo(plan: Plan, steps: readonly Step[], ports: Ports): Promise<Draft> {
  const back = await givenBackSince(steps, ports)
  const applied = steps.filter((step) => changed(step) && !back.has(step)).toSorted((a, b) => b.position - a.position)
  const undone = applied.map((step): PlannedAction => {
    const inverse = actions[step.action].inverse
    const target = {
      ...step.target,
      changes: step.changes.map(inverseOf).toReversed(),
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
  const byReason: Record<string, number> = {}
  for (const step of steps) {
    if (changed(step) && !back.has(step)) continue
    const reason = back.get(step) ?? nothingToUndo(step)
    byReason[reason] = (byReason[reason] ?? 0) + 1
  }
  return { actions: undone, spared: { total: steps.length - undone.length, byReason }, population: plan.population }
}

/** The products on which an action gives a seat back: those that came with its groups, or all that there were before. */
function givenBack({ action, target }: PlannedAction, { groups }: Snapshot): readonly WorkspaceAri[] {
  if (actions[action].removesAccess) return []
  const joined = (target.changes ?? []).flatMap((change) => ('groupId' in change ? [change.groupId] : []))
  if (joined.length === 0) return target.before?.products ?? []
  return [...new Set(groups.filter(({ id }) => joined.includes(id)).flatMap(({ grants }) => grants))]
}

/** Counts the seats that the way back needs, against those that are free now: one request for each product. */
export async function seatsNeeded(
  planned: readonly PlannedAction[],
  snapshot: Snapshot,
  { directory }: Ports,
): Promise<readonly SeatsNeeded[]> {
  const needed = new Map<WorkspaceAri, number>()
  for (const action of planned)
    for (const ari of givenBack(action, snapshot)) needed.set(ari, (needed.get(ari) ?? 0) + 1)
  const seats: SeatsNeeded[] = []
  for (const { ari, site, product, capacity, sandbox } of snapshot.seats) {
    const count = sandbox ? undefined : needed.get(ari)
    if (count === undefined) continue
    const available = capacity === undefined ? null : Math.max(0, capacity - (await directory.countSeats(ari)))
    seats.push({ site, product, needed: count, available })
  }
  return seats
}
