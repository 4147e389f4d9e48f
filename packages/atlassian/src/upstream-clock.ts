// Atlassian's clock, learned from its Date headers, so that a wrong clock here makes no wait too short or too long.

import { second, type Instant, type System } from '@rollcall/core'

/** Makes the clock; it shows ours until the first Date header was seen. */
export function createUpstreamClock(system: Pick<System, 'now'>) {
  let ahead = 0
  let learned = false
  return {
    /** Never later than Atlassian's own clock, and seldom more than a few milliseconds behind it. */
    now: (): Instant => system.now() + ahead,
    /** Learns from the Date header of an answer to a request sent at `sentAt`. */
    learn(date: string | undefined, sentAt: Instant) {
      const theirs = Date.parse(date ?? '')
      if (Number.isNaN(theirs)) return
      // The header is cut to the second: it bounds the difference from both sides, and the best bound is kept.
      const [least, most] = [theirs - system.now(), theirs + second - sentAt]
      if (!learned || least > ahead || ahead > most) ahead = least
      learned = true
    },
  }
}
