// Give back: finds what Rollcall took from accounts and they do not have again.

import { UsageError } from '../model/errors.js'
import type { AccountId } from '../model/ids.js'
import type { Run } from '../model/run.js'
import { actions } from '../actions/index.js'
import type { Step } from '../model/step.js'
import type { Ports } from '../ports.js'
import { draftUndo, hasEffect, standingOf } from './undo.js'

/** How many runs of the account to look at. */
const mostRuns = 20

/** Finds the newest run whose removal of access an undo can still reverse for the account. Throws a `UsageError` for none. */
export async function runToGiveBack(accountId: AccountId, ports: Ports): Promise<Run> {
  const { store } = ports
  const steps = (await store.stepsOf(accountId)).filter((step) => hasEffect(step) && actions[step.action].removesAccess)
  const runIds = [...new Set(steps.map(({ runId }) => runId))]
  for (const runId of runIds.slice(0, mostRuns)) {
    const run = await store.run(runId)
    const plan = run && (await store.plan(run.planId))
    if (run === undefined || plan === undefined) continue
    const own = steps.filter((step) => step.runId === runId)
    if ((await draftUndo(plan, own, ports)).actions.length > 0) return run
  }
  throw new UsageError(`Rollcall has taken nothing from account ${accountId} that it could give back. Check the id.`)
}

/** The steps that removed access which nobody has given back since. */
export async function stepsToGiveBack(steps: readonly Step[], ports: Ports): Promise<ReadonlySet<Step>> {
  const taken = steps.filter((step) => hasEffect(step) && actions[step.action].removesAccess)
  const standing = await standingOf(taken, ports)
  return new Set(taken.filter((step) => (standing.get(step)?.changes.length ?? 0) > 0))
}
