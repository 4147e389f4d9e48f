// Hard limits: how many accounts a plan may change, and what nobody can raise.

import type { Limits } from './limits.js'
import { day } from './time.js'

/** Limits that no organization and no policy can change; all others are in the table of limits. */
export const bounds = {
  ceilingPercent: 20,
  smallPopulation: 20,
  smallPopulationAccounts: 2,
  budgetWindow: 7 * day,
  admins: 2,
}

/** How many accounts a plan may change unless a person accepts more. */
export function allowedAccounts({
  population,
  limits,
}: {
  readonly population: number
  readonly limits: Pick<Limits, 'accounts' | 'percent'>
}): number {
  if (population < bounds.smallPopulation) return Math.min(bounds.smallPopulationAccounts, limits.accounts)
  return Math.min(Math.floor((population * limits.percent) / 100), limits.accounts)
}

/** How many accounts a plan may never exceed. */
export const ceiling = (population: number): number =>
  population < bounds.smallPopulation
    ? bounds.smallPopulationAccounts
    : Math.floor((population * bounds.ceilingPercent) / 100)
