// The newest plans, each in a line: what it is for, how many it touches, and what became of it.

import { actions } from './actions/index.js'
import type { Plan } from './plan.js'
import type { Ports } from './ports.js'
import type { Run } from './run.js'
import { formatInstant } from './time.js'

const lineOf = (plan: Plan, run: Run | undefined) => {
  const [first] = plan.actions
  return {
    ...{ planId: plan.planId, policy: plan.policy, source: plan.source, madeBy: plan.madeBy },
    createdAt: formatInstant(plan.createdAt),
    what: first === undefined ? null : actions[first.action].describe(first.target),
    ...{ accounts: plan.actions.length, population: plan.population, spared: plan.spared.total },
    /** Null until somebody approves, refuses or discards it. */
    run: run === undefined ? null : { runId: run.runId, status: run.status },
    refusals: (run?.refusals ?? []).map(({ code, message }) => ({ code, message })),
  }
}
export type ListedPlan = ReturnType<typeof lineOf>

/** Lists those that wait for a person first, however old, then the newest. */
export async function planList(limit: number, { store }: Ports) {
  const waiting: ListedPlan[] = []
  for (const status of ['quarantined', 'awaiting-approval'] as const)
    for (const run of await store.runsWith(status)) {
      const plan = await store.plan(run.planId)
      if (plan !== undefined) waiting.push(lineOf(plan, run))
    }
  const newest = await Promise.all(
    (await store.plans(limit)).map(async (plan) => lineOf(plan, await store.runOfPlan(plan.planId))),
  )
  const ids = new Set(waiting.map(({ planId }) => planId))
  return { waiting, others: newest.filter(({ planId }) => !ids.has(planId)) }
}
