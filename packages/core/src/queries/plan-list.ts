// The newest plans, one line each: the action, the number of accounts, and the status of the run.

import { actions } from '../actions/index.js'
import type { PlanHead } from '../model/plan.js'
import type { PlanQuery, Ports } from '../ports.js'
import type { Run } from '../model/run.js'
import { formatInstant } from '../model/time.js'
import { listedRefusal } from './listed-refusal.js'

const lineOf = (plan: PlanHead, run: Run | undefined) => {
  const { first } = plan
  return {
    planId: plan.planId,
    policy: plan.policy,
    source: plan.source,
    madeBy: plan.madeBy,
    createdAt: formatInstant(plan.createdAt),
    what: first === undefined ? null : actions[first.action].describe(first.target),
    accounts: plan.accounts,
    population: plan.population,
    spared: plan.excluded.total,
    /** Null until somebody approves or discards the plan, or guard blocks it. */
    run: run === undefined ? null : { runId: run.runId, status: run.status },
    refusals: (run?.refusals ?? []).map(listedRefusal),
  }
}
type PlanLine = ReturnType<typeof lineOf>

async function waitingLines({ store }: Ports): Promise<readonly PlanLine[]> {
  const lines: PlanLine[] = []
  for (const status of ['quarantined', 'awaiting-approval'] as const)
    for (const run of await store.runsWith(status)) {
      const plan = await store.planHead(run.planId)
      if (plan !== undefined) lines.push(lineOf(plan, run))
    }
  return lines
}

/** Lists every plan that needs approval or is blocked, and one page of all others, newest first. */
export async function planList(page: PlanQuery, ports: Ports) {
  const { store } = ports
  const waiting = await waitingLines(ports)
  const { plans, next } = await store.listPlans(page)
  const newest = await Promise.all(plans.map(async (plan) => lineOf(plan, await store.runOfPlan(plan.planId))))
  const ids = new Set(waiting.map(({ planId }) => planId))
  return { waiting, others: newest.filter(({ planId }) => !ids.has(planId)), next: next ?? null }
}
