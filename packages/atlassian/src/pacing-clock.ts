// The clock of the rate gate, from every Date header, so that a wrong local clock does not make waits too short or too long.
// It decides about waits only: see upstream-clock.ts for the time by which Rollcall judges accounts.

import { second, type Instant, type System } from '@rollcall/core'

/** Makes the clock. It shows the local time until the first Date header. */
export function createPacingClock(system: Pick<System, 'now'>) {
  let ahead = 0
  let learned = false
  return {
    /** Epoch milliseconds: never ahead of Atlassian's clock, and rarely more than a few milliseconds behind it. */
    now: (): Instant => system.now() + ahead,
    /** Learns from the Date header of the response to a request sent at `sentAt`. */
    learn(date: string | undefined, sentAt: Instant) {
      const theirs = Date.parse(date ?? '')
      if (Number.isNaN(theirs)) return
      // The header is truncated to seconds, so it bounds the difference on both sides. The tightest bound is kept.
      const [least, most] = [theirs - system.now(), theirs + second - sentAt]
      if (!learned || least > ahead || ahead > most) ahead = least
      learned = true
    },
  }
}
