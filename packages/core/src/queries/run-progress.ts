// How far a run is, and how fast it goes: measured by working time, without canary pauses and standstills.

import type { Run } from '../model/run.js'
import { waitOf, type Around } from './run-wait.js'
import { countsOf, type Step } from '../model/step.js'
import { minute, second, type Duration, type Instant } from '../model/time.js'

/** The rate covers the last minutes of work, since Atlassian may slow a run down. */
const window = 5 * minute
/** A gap between two results that is longer than this is a pause or a standstill, not work. */
const pause = minute

/** Accounts per minute of work; undefined until there are two gaps to compare. */
function rateOf(steps: readonly Step[]): number | undefined {
  const ends = steps.flatMap(({ endedAt }) => (endedAt === undefined ? [] : [endedAt])).toSorted((a, b) => b - a)
  let [done, worked]: [number, Duration] = [0, 0]
  for (const [n, end] of ends.slice(0, -1).entries()) {
    const took = end - (ends[n + 1] ?? end)
    if (took > pause) continue
    if (worked + took > window) break
    done += 1
    worked += took
  }
  return done > 1 && worked > 0 ? done / (worked / minute) : undefined
}

/** Measures a run that is executing; any other run has nothing to measure. */
export function progressOf(run: Run, steps: readonly Step[], planned: number, around: Around, now: Instant) {
  if (run.status !== 'executing') return { perMinute: null, secondsLeft: null, waits: null }
  const perMinute = rateOf(steps)
  const left = countsOf(steps, planned).notAttempted
  const rest = Math.max(0, (run.restUntil ?? 0) - now) / second
  return {
    perMinute: perMinute === undefined ? null : Math.round(perMinute * 10) / 10,
    secondsLeft: perMinute === undefined ? null : Math.round((left / perMinute) * 60 + rest),
    waits: waitOf(run, steps, around, now) ?? null,
  }
}
