// How much of each limit of the platform the app used, as readable lines.

import type { Counts, Limits } from '@rollcall/forge-host'

/** Figures that describe how the platform works, not what it allows. */
const paces: readonly (keyof Limits)[] = [
  ...(['loadSeconds', 'platformRetrySeconds', 'retryAfterSeconds', 'kvsUnitBytes'] as const),
  ...(['concurrencyWaitSeconds', 'concurrencyLongestWaitSeconds'] as const),
]

/** The limits of the platform. */
export const allowances = (limits: Limits) =>
  (Object.keys(limits) as (keyof Limits)[]).filter((name) => !paces.includes(name))

const rounded = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en')

/** One line for each limit: the most that was used of it. */
export const limitUsage = ({ most }: Pick<Counts, 'most'>, limits: Limits): readonly string[] =>
  allowances(limits).map((name) => {
    const used = most[name]
    const usage = used === undefined ? 'not used' : `${rounded(used)} (${Math.round((100 * used) / limits[name])} %)`
    return `${name.padEnd(30)} ${rounded(limits[name]).padStart(10)}   ${usage}`
  })
