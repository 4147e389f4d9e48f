// Begins the run of an approved plan, or resumes it. Somebody else may decide about the same plan at the same time.

import { UsageError } from '../model/errors.js'
import type { Plan } from '../model/plan.js'
import type { Refusal } from '../model/refusal.js'
import { newRun, type Run } from '../model/run.js'
import { next, possibleIn } from '../model/run-life.js'
import { hasEnded } from '../model/step.js'
import type { Ports } from '../ports.js'
import { hasEffect } from '../plan/undo.js'
import { cancelRun } from './cancel.js'
import { givesBackTheRest, isUndone } from './undone.js'

/** True once nobody can approve a run any more. */
export const isOver = ({ status }: Run): boolean =>
  !possibleIn.approve.includes(status) && !possibleIn.resume.includes(status) && status !== 'executing'

/** How often an approval tries again while others write the run at the same time. */
const tries = 5

/** Begins or resumes the run of a plan. Returns the run as it is then: somebody else may have ended it first. */
export async function begin(
  plan: Plan,
  existing: Run | undefined,
  { by, accepted, overruled }: Pick<Run, 'accepted'> & { readonly by: string; readonly overruled: readonly Refusal[] },
  ports: Ports,
): Promise<Run | undefined> {
  const { store, system } = ports
  let current = existing
  if (current === undefined) {
    const run = { ...newRun(plan, 'executing', by, accepted, ports), overruled }
    if (await store.insertRun(run)) return run
    current = await store.runOfPlan(plan.planId)
  }
  for (let tried = 0; tried < tries && current !== undefined; tried += 1) {
    if (current.status === 'executing' || isOver(current)) return current
    const ended = (await store.steps(current.runId)).filter(hasEnded)
    const judgedFrom = Math.max(0, ...ended.map(({ position }) => position + 1))
    const kind = current.status === 'stopped' ? 'resume' : 'approve'
    await store.updateRun(next(current, { kind, by, at: system.now(), accepted, overruled, judgedFrom }))
    current = await store.run(current.runId)
  }
  return current
}

/** Says who has ended the run of a plan, which therefore cannot be approved any more. */
export function endedBy({ status, discardedBy, cancelledBy }: Run): UsageError {
  const [who, what] = status === 'cancelled' ? [cancelledBy, 'cancelled'] : [discardedBy, 'discarded']
  return new UsageError(`${who ?? 'Somebody'} ${what} this plan. Make a new one.`, undefined, 'make-new-plan')
}

/** True if the run that a plan undoes has changed accounts since: the plan does not cover them. */
export async function hasGoneOn(plan: Plan, { store }: Ports): Promise<boolean> {
  if (plan.undoOf === null || plan.partial === true) return false
  const now = (await store.steps(plan.undoOf)).filter(hasEffect).length
  return now > (plan.undoneSteps ?? Infinity)
}

/** Ends the run that a plan undoes, or of which it gives back all that still stands: an undone run never goes on. */
export async function closeOrigin(plan: Plan, by: string, ports: Ports): Promise<void> {
  const origin = plan.undoOf === null ? undefined : await ports.store.run(plan.undoOf)
  if (origin !== undefined && possibleIn.cancel.includes(origin.status)) {
    if (plan.partial !== true) await cancelRun(origin, by, ports, 'its undo was approved')
    else if (await givesBackTheRest(plan, origin, ports))
      await cancelRun(origin, by, ports, 'all that it changed is given back')
  }
}

/** Ends a stopped run of which nothing stands any more, and throws a `UsageError`: it never goes on. */
export async function refuseUndone(run: Run, by: string, ports: Ports): Promise<void> {
  if (run.status !== 'stopped' || !(await isUndone(run, ports))) return
  await cancelRun(run, by, ports, 'all that it changed was given back')
  const why = 'All that this run changed was given back, so it does not go on. Make a new plan.'
  throw new UsageError(why, undefined, 'make-new-plan')
}
