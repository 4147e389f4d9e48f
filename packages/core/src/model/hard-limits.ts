// Hard limits: how many accounts a plan may change, and limits that no setting raises.

import type { Limits } from './limits.js'
import { day } from './time.js'

/** Limits that no organization and no policy can change. All others are in the table of limits (model/limits.ts). */
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

/** The most accounts that a plan may change, whatever a person accepts. */
export const ceiling = (population: number): number =>
  population < bounds.smallPopulation
    ? bounds.smallPopulationAccounts
    : Math.floor((population * bounds.ceilingPercent) / 100)
