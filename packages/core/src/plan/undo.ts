// Undo: a plan of its own that takes back exactly what a run changed, through the same guard and execute.

import { inverseOf, resourceOf } from '../model/change.js'
import { actions } from '../actions/index.js'
import type { Exclusion } from '../model/exclusion.js'
import type { WorkspaceAri } from '../model/ids.js'
import type { Plan, PlannedAction, SeatsNeeded } from '../model/plan.js'
import type { Ports } from '../ports.js'
import type { Step } from '../model/step.js'
import type { Instant } from '../model/time.js'
import type { Snapshot } from '../model/snapshot.js'
import type { Veto } from '../model/veto.js'
import type { Draft } from './draft.js'
import { excludedCounter } from './excluded-counter.js'

/** Says whether a step may have changed something: applied, unknown, or cut off after sending. */
const hasEffect = (state: Step['state']): state is 'applied' | 'unknown' | 'sent' =>
  state === 'applied' || state === 'unknown' || state === 'sent'

/**
 * The time after which activity excludes an account whose undo removes access. An account may have used what a run gave
 * since that run gave it. Every other undo goes back to a run that removed access: each undo keeps what that run's plan
 * knew.
 */
function knownActivity(plan: Plan, { action, position, intentAt }: Step): Instant | null {
  const known = plan.actions[position]?.lastActive ?? null
  if (actions[action].removesAccess || plan.source === 'undo' || intentAt === undefined) return known
  return intentAt
}

/** Finds why a step needs no undo: somebody restored since what it removed, and what came after that is not ours. */
async function restoredBecause(step: Step, vetoes: readonly Veto[], { store }: Ports): Promise<Exclusion | undefined> {
  const { accountId, runId, changes } = step
  const { removesAccess } = actions[step.action]
  if (
    removesAccess &&
    step.state === 'applied' &&
    vetoes.some((one) => one.accountId === accountId && one.runId === runId)
  )
    return { code: 'restored-since' }
  const things = new Set(changes.map(resourceOf))
  // Newest first: what stands before the step came after it.
  const all = await store.stepsOf(accountId)
  const own = all.findIndex((one) => one.runId === runId)
  const since = all.slice(0, Math.max(0, own)).filter(({ state }) => state === 'applied')
  const [last] = since.filter((one) => one.changes.some((change) => things.has(resourceOf(change))))
  const reversed = last !== undefined && actions[last.action].removesAccess !== removesAccess
  return reversed ? { code: 'reversed-since', runId: last.runId } : undefined
}

/** Finds the steps that may have changed something and need no undo, because their change has been reversed. */
async function restoredSince(steps: readonly Step[], ports: Ports): Promise<ReadonlyMap<Step, Exclusion>> {
  const vetoes = await ports.store.vetoes()
  const back = new Map<Step, Exclusion>()
  for (const step of steps.filter(({ state }) => hasEffect(state))) {
    const because = await restoredBecause(step, vetoes, ports)
    if (because !== undefined) back.set(step, because)
  }
  return back
}

/**
 * Drafts the way back, newest first, each step with its recorded changes reversed. Where a step had no effect
 * after all, execute finds the earlier state and skips it.
 */
export async function draftUndo(plan: Plan, steps: readonly Step[], ports: Ports): Promise<Draft> {
  const back = await restoredSince(steps, ports)
  const applied = steps
    .filter((step) => hasEffect(step.state) && !back.has(step))
    .toSorted((a, b) => b.position - a.position)
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
  const excluded = excludedCounter()
  for (const step of steps) {
    const because = back.get(step)
    if (because !== undefined) excluded.add(because)
    else if (!hasEffect(step.state)) excluded.add({ code: 'nothing-changed', state: step.state })
  }
  return { actions: undone, excluded: excluded.counts(), population: plan.population }
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
