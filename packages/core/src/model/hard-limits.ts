// Hard limits: how many accounts a plan may change, and limits that no setting raises.

import type { Limits } from './limits.js'
import { day } from './time.js'

/** Limits that no organization and no policy can change. All others are in the table of limits (model/limits.ts). */
export const bounds = {
  ceilingPercent: 20,
  /** Below it the percentage of the ceiling is less than the accounts that a small population always allows. */
  smallCeiling: 20,
  /** Below it the default 5 % are fewer accounts than a small population always allows: more people never allow fewer. */
  smallPopulation: 40,
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
  const least = population < bounds.smallPopulation ? bounds.smallPopulationAccounts : 0
  const byPercent = Math.max(Math.floor((population * limits.percent) / 100), least)
  return Math.min(byPercent, limits.accounts, ceiling(population))
}

/** The most accounts that a plan may change, whatever a person accepts. */
export const ceiling = (population: number): number =>
  population < bounds.smallCeiling
    ? bounds.smallPopulationAccounts
    : Math.floor((population * bounds.ceilingPercent) / 100)
