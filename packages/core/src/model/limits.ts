// Limits: one table, each limit with its default and its fixed bounds. An organization sets its own values, a policy may
// override them for itself, and the plan stores the result.

import { z } from 'zod'

interface Limit {
  readonly default: number
  readonly least: number
  readonly most: number
  readonly whole: boolean
  /** What it limits, with its unit, for people. */
  readonly what: string
}

const count = (value: number, least: number, most: number, what: string): Limit => ({
  default: value,
  least,
  most,
  whole: true,
  what,
})
const percentage = (value: number, least: number, most: number, what: string): Limit => ({
  default: value,
  least,
  most,
  whole: false,
  what,
})

export const limitTable = {
  accounts: count(50, 1, 100_000, 'accounts that one run may change'),
  percent: percentage(5, 0.1, 20, 'percent of the population that one run may change'),
  budget: percentage(10, 0.1, 20, 'percent of the population that all runs together may change in 7 days'),
  anomaly: percentage(5, 0.5, 20, 'points by which the percentage of inactive accounts may rise above the baseline'),
  planAge: count(24, 1, 24, 'hours for which you can run a plan'),
  snapshotAge: count(24, 1, 24, 'hours after which a snapshot is too old for a plan'),
  reading: count(60, 10, 60, 'seconds after which Rollcall reads an account again before it changes it'),
  canaryAccounts: count(5, 1, 1000, 'size of the canary, in accounts; at most half of a run of more than ten'),
  canaryPercent: percentage(1, 0, 20, 'size of the canary, in percent of the run'),
  canaryWait: count(30, 5, 1440, 'minutes of canary pause after the first accounts of a scheduled run'),
  unknown: percentage(3, 0.1, 50, 'percent of the accounts of a run that may end unknown before it stops'),
  refused: percentage(5, 0.1, 50, 'percent of the accounts of a run that Atlassian may refuse before it stops'),
  restored: percentage(1, 0.1, 5, 'percent of the accounts of a run that people may restore before it stops'),
  veto: count(30, 7, 365, 'days for which an account is exempt after a person restored it'),
} as const satisfies Readonly<Record<string, Limit>>

export type LimitName = keyof typeof limitTable
export type Limits = { readonly [Name in LimitName]: number }
export type SomeLimits = { readonly [Name in LimitName]?: number | undefined }

export const limitNames = Object.keys(limitTable) as readonly LimitName[]
const each = <Value>(value: (limit: Limit, name: LimitName) => Value) =>
  Object.fromEntries(limitNames.map((name) => [name, value(limitTable[name], name)])) as Record<LimitName, Value>

/** The limits of an organization that has set none. */
export const defaultLimits: Limits = each((limit) => limit.default)

const numberOf = ({ least, most, whole, what }: Limit) => {
  const number = z
    .number()
    .min(least, `must be at least ${least}: ${what}`)
    .max(most, `must be at most ${most}: ${what}`)
  return (whole ? number.int(`must be a whole number: ${what}`) : number).optional()
}

/** The schema of each limit, for policies and organizations: a number within its bounds, optional. */
export const limitShape = each(numberOf)
export const someLimits = z.strictObject(limitShape)

/** Only the limits that are set. */
export const given = (limits: SomeLimits): SomeLimits =>
  Object.fromEntries(limitNames.flatMap((name) => (limits[name] === undefined ? [] : [[name, limits[name]]])))

/** Resolves limits: own values over the organization's. Clamps both, since the bounds may have changed since then. */
export const resolveLimits = (organization: Limits, own: SomeLimits): Limits =>
  each(({ least, most }, name) => Math.min(Math.max(own[name] ?? organization[name], least), most))
