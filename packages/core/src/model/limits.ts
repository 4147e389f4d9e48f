// Limits: one table, each limit with its default and its fixed bounds. An organization sets its own values, a policy may
// set stricter ones for itself, and the plan stores the result.

import { z } from 'zod'

interface Limit {
  readonly default: number
  readonly least: number
  readonly most: number
  readonly whole: boolean
  /** Which of two values allows less. */
  readonly stricter: 'smaller' | 'larger'
  /** Only the organization sets it: it counts the runs of all policies together. */
  readonly organizationOnly: boolean
  /** What it limits, with its unit, for people. */
  readonly what: string
}

type Column = Pick<Limit, 'stricter'> & Partial<Pick<Limit, 'organizationOnly'>>

const row =
  (whole: boolean) =>
  (value: number, least: number, most: number, what: string, column: Column): Limit => ({
    default: value,
    least,
    most,
    whole,
    what,
    organizationOnly: false,
    ...column,
  })
const count = row(true)
const percentage = row(false)
const smaller = { stricter: 'smaller' } as const
const larger = { stricter: 'larger' } as const

export const limitTable = {
  accounts: count(50, 1, 100_000, 'accounts that one run may change', smaller),
  percent: percentage(5, 0.1, 20, 'percent of the population that one run may change', smaller),
  budget: percentage(10, 0.1, 20, 'percent of the population that all runs together may change in 7 days', {
    ...smaller,
    organizationOnly: true,
  }),
  anomaly: percentage(
    5,
    0.5,
    20,
    'points by which the percentage of inactive accounts may rise above the baseline',
    smaller,
  ),
  planAge: count(24, 1, 24, 'hours for which you can run a plan', smaller),
  snapshotAge: count(24, 1, 24, 'hours after which a snapshot is too old for a plan', smaller),
  reading: count(60, 10, 60, 'seconds after which Rollcall reads an account again before it changes it', smaller),
  canaryAccounts: count(5, 1, 1000, 'size of the canary, in accounts; at most half of a run of more than ten', smaller),
  canaryPercent: percentage(1, 0, 20, 'size of the canary, in percent of the run', smaller),
  canaryWait: count(30, 5, 1440, 'minutes of canary pause after the first accounts of a scheduled run', larger),
  unknown: percentage(3, 0.1, 50, 'percent of the accounts of a run that may end unknown before it stops', smaller),
  refused: percentage(
    5,
    0.1,
    50,
    'percent of the accounts of a run that Atlassian may refuse before it stops',
    smaller,
  ),
  restored: percentage(1, 0.1, 5, 'percent of the accounts of a run that people may restore before it stops', smaller),
  veto: count(30, 7, 365, 'days for which an account is exempt after a person restored it', larger),
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

/** The schema of each limit that a policy may set for itself. */
export const policyLimitShape = each((limit, name) =>
  limit.organizationOnly
    ? limitShape[name].refine((value) => value === undefined, {
        error: `Only the organization sets "${name}", for all policies together. Remove it here; an admin sets it among the limits of the organization.`,
      })
    : limitShape[name],
)

/** Only the limits that are set. */
export const given = (limits: SomeLimits): SomeLimits =>
  Object.fromEntries(limitNames.flatMap((name) => (limits[name] === undefined ? [] : [[name, limits[name]]])))

/** Clamps a value, since the bounds may have changed since somebody set it. */
const clamp = ({ least, most }: Limit, value: number): number => Math.min(Math.max(value, least), most)

/** The limits of an organization: what it set, and the defaults. */
export const organizationLimits = (own: SomeLimits): Limits =>
  each((limit, name) => clamp(limit, own[name] ?? limit.default))

/** The limits of a plan: of the organization's value and the policy's own the stricter one. */
export const effectiveLimits = (organization: Limits, own: SomeLimits): Limits =>
  each((limit, name) => {
    const value = clamp(limit, organization[name])
    const mine = limit.organizationOnly ? undefined : own[name]
    if (mine === undefined) return value
    return limit.stricter === 'smaller' ? Math.min(value, clamp(limit, mine)) : Math.max(value, clamp(limit, mine))
  })
