// Measures how near the app came to each limit, and counts what each limit refused.

import { tally, type Counts } from './counts.js'
import type { Limits } from './limits.js'
import { createWindow } from './time-window.js'

/** Makes the meter over the counts. */
export function createLimitMeter(limits: Limits, counts: Counts, now: () => number) {
  function record(name: keyof Limits, value: number): void {
    counts.most[name] = Math.max(counts.most[name] ?? 0, value)
  }
  /** Counts a refusal. */
  const refuse = (name: keyof Limits): void => tally(counts.refused, name)
  return {
    /** Records a value; keeps the highest. */
    record,
    refuse,
    /** Records a value; returns whether the limit allows it, and counts a refusal. */
    allows(name: keyof Limits, value: number): boolean {
      record(name, value)
      if (value <= limits[name]) return true
      refuse(name)
      return false
    },
    /** A window of the clock with this limit; records what the app uses in it. */
    window: (name: keyof Limits, windowMs: number) =>
      createWindow(
        now,
        windowMs,
        () => limits[name],
        (used) => record(name, used),
      ),
  }
}
export type LimitMeter = ReturnType<typeof createLimitMeter>
