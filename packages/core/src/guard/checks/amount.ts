// Checks how many accounts the plan changes: against the hard limit, its own limits, and the weekly budget.

import { formatCount } from '../../model/format-count.js'
import { allowedAccounts, bounds, ceiling } from '../../model/hard-limits.js'
import type { Plan } from '../../model/plan.js'
import { percent } from '../../sync/baseline.js'
import { found, type Check } from '../check.js'

const changes = ({ actions, population }: Plan): string =>
  `The plan changes ${formatCount(actions.length)} of ${formatCount(population)} accounts (${percent(actions.length, population)} %)`

export const overCeiling: Check = (plan) => {
  const limit = ceiling(plan.population)
  if (plan.actions.length <= limit) return undefined
  return found(`${changes(plan)}; no run may change more than ${formatCount(limit)}.`, plan.actions.length, limit)
}

export const tooMany: Check = (plan) => {
  const limit = allowedAccounts(plan)
  if (plan.actions.length <= limit) return undefined
  return found(`${changes(plan)}; its limits allow ${formatCount(limit)}.`, plan.actions.length, limit)
}

export const overBudget: Check = (plan, { spent }) => {
  const limit = Math.max(
    Math.floor((plan.population * plan.limits.budget) / 100),
    plan.population < bounds.smallPopulation ? bounds.smallPopulationAccounts : 0,
  )
  const total = spent + plan.actions.length
  if (plan.actions.length === 0 || total <= limit) return undefined
  if (total === Infinity)
    return found(
      'Rollcall does not know how many accounts it changed before the database was restored, so the weekly budget counts as used up for 7 days.',
      null,
      limit,
    )
  return found(
    `With the ${formatCount(spent)} accounts of the last 7 days, this plan makes ${formatCount(total)}; the weekly budget is ${formatCount(limit)} (${plan.limits.budget} % of ${formatCount(plan.population)}).`,
    total,
    limit,
  )
}
