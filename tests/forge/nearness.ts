// How near the app came to each limit of the platform, in lines for people.

import type { Counts, Limits } from '@rollcall/forge-host'

/** What the platform does by itself, rather than what it allows. */
const paces: readonly (keyof Limits)[] = [
  ...(['loadSeconds', 'platformRetrySeconds', 'retryAfterSeconds', 'kvsUnitBytes'] as const),
  ...(['concurrencyWaitSeconds', 'concurrencyLongestWaitSeconds'] as const),
]

/** What the platform allows. */
export const allowances = (limits: Limits) =>
  (Object.keys(limits) as (keyof Limits)[]).filter((name) => !paces.includes(name))

const rounded = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en')

/** One line for each limit: how much of it was used at most. */
export const nearness = ({ most }: Pick<Counts, 'most'>, limits: Limits): readonly string[] =>
  allowances(limits).map((name) => {
    const used = most[name]
    const share = used === undefined ? 'not used' : `${rounded(used)} (${Math.round((100 * used) / limits[name])} %)`
    return `${name.padEnd(30)} ${rounded(limits[name]).padStart(10)}   ${share}`
  })
