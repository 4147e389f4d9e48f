// How far a run is, and how fast it goes: by the time that was spent on it, not by what it rested or stood still.

import type { Run } from '../model/run.js'
import { waitOf, type Around, type RunWait } from './run-wait.js'
import { countsOf, type Step } from '../model/step.js'
import { minute, second, type Duration, type Instant } from '../model/time.js'

/** The rate is that of the last minutes of work, since Atlassian may slow a run down. */
const window = 5 * minute
/** Nothing ended for longer than this: a rest or a standstill, and no work. */
const pause = minute

export interface RunProgress {
  readonly perMinute: number | null
  /** Until its last account, a rest that it is in included. */
  readonly secondsLeft: number | null
  /** What it waits for, where it stands still. */
  readonly waits: RunWait | null
}

/** Accounts per minute of work; undefined until two pauses between them can be compared. */
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

/** Measures a run; there is nothing to measure once it does not execute. */
export function progressOf(
  run: Run,
  steps: readonly Step[],
  planned: number,
  around: Around,
  now: Instant,
): RunProgress {
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
