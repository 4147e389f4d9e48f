// The progress of a run and its rate, measured by working time: without canary pauses and waits.

import type { Run } from '../model/run.js'
import { waitOf, type Around } from './run-wait.js'
import { countsOf, type Step } from '../model/step.js'
import { minute, second, type Duration, type Instant } from '../model/time.js'

/** The rate covers the last minutes of work, since Atlassian may limit the rate of requests. */
const window = 5 * minute
/** A gap between two results that is longer than this is a pause or a wait, not work. */
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

/**
 * Measures a run that is executing; all values are null for any other run. `perMinute` is null until the rate is known.
 * `secondsLeft` is the time until the run ends, with the current canary pause.
 */
export function progressOf(run: Run, steps: readonly Step[], planned: number, around: Around, now: Instant) {
  if (run.status !== 'executing') return { perMinute: null, secondsLeft: null, waits: null }
  const perMinute = rateOf(steps)
  const left = countsOf(steps, planned).notAttempted
  const pauseLeft = Math.max(0, (run.restUntil ?? 0) - now) / second
  return {
    perMinute: perMinute === undefined ? null : Math.round(perMinute * 10) / 10,
    secondsLeft: perMinute === undefined ? null : Math.round((left / perMinute) * 60 + pauseLeft),
    waits: waitOf(run, steps, around, now) ?? null,
  }
}
