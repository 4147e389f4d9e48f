// Compares core with the oracle, case by case.

import { nextOccurrence, previousOccurrence, scheduleSchema } from '@rollcall/core'
import { caseOf, type Case } from './cases.js'
import { around, type Mistake } from './oracle.js'

const ahead = 3

export const counters = ['a gap', 'an overlap', 'a leap day', 'a month end'] as const
type Counter = (typeof counters)[number]

interface Compared {
  /** The difference in one line; undefined when core and the oracle agree. */
  readonly difference?: string
  readonly hit: readonly Counter[]
}

const text = (at: number | undefined): string => (at === undefined ? 'never' : new Date(at).toISOString())

/** Compares one case: the occurrence before, those after, and whether core is consistent with itself. */
function compare({ schedule, after }: Case, mistake?: Mistake): Compared {
  const parsed = scheduleSchema.safeParse(schedule)
  // A date such as the 31st of June never occurs; core refuses to store such a schedule.
  if (!parsed.success)
    return 'cron' in schedule && neverFires(schedule, after)
      ? { hit: [] }
      : { hit: [], difference: `core refuses ${JSON.stringify(schedule)}` }
  const { previous, next, skipped } = around(schedule, after, ahead, mistake)
  const occurrences: number[] = []
  for (let at: number | undefined = after; occurrences.length < ahead;) {
    at = nextOccurrence(parsed.data, at)
    if (at === undefined) break
    occurrences.push(at)
  }
  const [first] = occurrences
  const checks: readonly (readonly [string, number | undefined, number | undefined])[] = [
    ['previous', previousOccurrence(parsed.data, after), previous?.at],
    ...Array.from(
      { length: ahead },
      (_, index) =>
        [`next ${index + 1}`, occurrences[index], next[index]?.at] as [string, number | undefined, number | undefined],
    ),
    ...(first === undefined
      ? []
      : ([
          ['previous at the next', previousOccurrence(parsed.data, first), first],
          ['previous just before the next', previousOccurrence(parsed.data, first - 1), previous?.at],
        ] as const)),
  ]
  const wrong = checks.filter(([, ours, theirs]) => ours !== theirs)
  const early = occurrences.some((at, index) => at <= (occurrences[index - 1] ?? after))
    ? ['core does not advance']
    : []
  const difference = [
    ...early,
    ...wrong.map(([what, ours, theirs]) => `${what}: core ${text(ours)}, oracle ${text(theirs)}`),
  ].join('; ')
  const moments = [...(previous === undefined ? [] : [previous]), ...next]
  const hit = counters.filter((counter) => {
    if (counter === 'a gap') return skipped || moments.some(({ gap }) => gap)
    if (counter === 'an overlap') return moments.some(({ overlap }) => overlap)
    return moments.some(({ leapDay, monthEnd }) => (counter === 'a leap day' ? leapDay : monthEnd))
  })
  const about = `${JSON.stringify(schedule)} after ${text(after)}`
  return difference === '' ? { hit } : { hit, difference: `${about}: ${difference}` }
}

const neverFires = (schedule: Case['schedule'], after: number): boolean => around(schedule, after, 1).next.length === 0

/** The result of many cases. */
export interface Tally {
  cases: number
  readonly zones: Set<string>
  readonly hits: Map<Counter, number>
  readonly differences: { readonly number: number; readonly difference: string }[]
}

/** A tally as JSON. */
export interface PrintedTally extends Pick<Tally, 'cases' | 'differences'> {
  readonly zones: readonly string[]
  readonly hits: readonly (readonly [Counter, number])[]
}

export const emptyTally = (): Tally => ({
  cases: 0,
  zones: new Set(),
  hits: new Map(counters.map((counter) => [counter, 0])),
  differences: [],
})

/** Compares the cases of a seed in a range of numbers. */
export function compareAll(seed: number, from: number, to: number, tally: Tally, mistake?: Mistake): Tally {
  for (let number = from; number < to; number += 1) {
    const one = caseOf(seed, number)
    const { difference, hit } = compare(one, mistake)
    tally.cases += 1
    tally.zones.add(one.schedule.timeZone)
    for (const counter of hit) tally.hits.set(counter, (tally.hits.get(counter) ?? 0) + 1)
    if (difference !== undefined) tally.differences.push({ number, difference })
  }
  return tally
}
