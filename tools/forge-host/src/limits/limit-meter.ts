// The gauge: how near the app came to each limit, and what a limit refused.

import { tally, type Counts } from './counts.js'
import type { Limits } from './limits.js'
import { createWindow } from './time-window.js'

/** Makes the gauge over the counts. */
export function createGauge(limits: Limits, counts: Counts, now: () => number) {
  function reach(name: keyof Limits, value: number): void {
    counts.most[name] = Math.max(counts.most[name] ?? 0, value)
  }
  /** Notes what a limit refuses. */
  const refuse = (name: keyof Limits): void => tally(counts.refused, name)
  return {
    /** Notes how far the app went. */
    reach,
    refuse,
    /** Notes what the app asks for; says whether the limit allows it. */
    within(name: keyof Limits, value: number): boolean {
      reach(name, value)
      if (value <= limits[name]) return true
      refuse(name)
      return false
    },
    /** A window of the clock in which so much is allowed; what is used in it is noted. */
    window: (name: keyof Limits, windowMs: number) =>
      createWindow(
        now,
        windowMs,
        () => limits[name],
        (used) => reach(name, used),
      ),
  }
}
export type Gauge = ReturnType<typeof createGauge>
