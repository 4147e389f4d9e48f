// Finds a run or plan by an id that a person gave. The error names the next step.

import { UsageError } from '../model/errors.js'
import { brandId, type PlanId, type RunId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'
import type { Run } from '../model/run.js'

/** Finds a run by its id. Throws a `UsageError` when there is none. */
export async function runNamed(runId: string, { store }: Ports): Promise<Run> {
  const run = await store.run(brandId<RunId>(runId))
  if (run === undefined) throw new UsageError(`There is no run "${runId}".`, undefined, 'show-runs')
  return run
}

/** Finds a plan by its id. Throws a `UsageError` when there is none. */
export async function planNamed(planId: string, { store }: Ports): Promise<Plan> {
  const plan = await store.plan(brandId<PlanId>(planId))
  if (plan === undefined) throw new UsageError(`There is no plan "${planId}".`, undefined, 'make-new-plan')
  return plan
}
