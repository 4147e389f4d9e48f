// Undone: whether a run may still go on after what it changed was given back, in whole or in part.

import type { AccountId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import type { Run } from '../model/run.js'
import type { Step } from '../model/step.js'
import { hasEffect, standingOf } from '../plan/undo.js'
import type { Ports } from '../ports.js'

/** The steps of how many accounts to read at once. */
const atOnce = 500

/** What undo runs did about a run: the accounts that they gave back, and whether one of them was for the whole run. */
interface Undone {
  readonly accounts: ReadonlySet<AccountId>
  readonly whole: boolean
}

/** True if a step of an undo left nothing to undo: it restored its account, or found the earlier state. */
const gaveBack = ({ state, exclusion }: Step): boolean =>
  state === 'applied' || (state === 'skipped' && exclusion === 'nothing-left-to-undo')

async function undoneBy({ runId }: Run, changed: readonly Step[], { store }: Ports): Promise<Undone> {
  const undos = new Map<string, Run | undefined>()
  for (const run of await store.runsWith('executing')) if (run.undoOf === runId) undos.set(run.runId, run)
  const accounts = new Set<AccountId>()
  const ids = [...new Set(changed.map(({ accountId }) => accountId))]
  for (let start = 0; start < ids.length; start += atOnce)
    for (const step of await store.stepsOfSome(ids.slice(start, start + atOnce))) {
      if (!undos.has(step.runId)) undos.set(step.runId, await store.run(step.runId))
      if (undos.get(step.runId)?.undoOf === runId && gaveBack(step)) accounts.add(step.accountId)
    }
  const whole = [...undos.values()].some((undo) => undo?.undoOf === runId && undo.partial !== true)
  return { accounts, whole }
}

/** True if an undo of the whole run has begun, or nothing that the run changed still stands without the accounts of `plan`. */
async function isUndoneWith(plan: Pick<Plan, 'actions'> | undefined, run: Run, ports: Ports): Promise<boolean> {
  const changed = (await ports.store.steps(run.runId)).filter(hasEffect)
  if (changed.length === 0) return false
  const { accounts, whole } = await undoneBy(run, changed, ports)
  if (whole) return true
  const covered = new Set([...accounts, ...(plan?.actions ?? []).map(({ accountId }) => accountId)])
  const standing = await standingOf(changed, ports)
  return changed.every((step) => covered.has(step.accountId) || standing.get(step)?.changes.length === 0)
}

/** True if a run must not go on: somebody has undone it, or given back all that it changed. */
export const isUndone = (run: Run, ports: Ports): Promise<boolean> => isUndoneWith(undefined, run, ports)

/** True if nothing that a run changed still stands once a plan has given back its accounts. */
export const givesBackTheRest = (plan: Pick<Plan, 'actions'>, run: Run, ports: Ports): Promise<boolean> =>
  isUndoneWith(plan, run, ports)
