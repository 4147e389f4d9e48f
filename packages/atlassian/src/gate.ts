// The rate gate: all requests of an organization pass it one after another, as slowly as Atlassian asks.

import { minute, parseInstant, second, type Duration, type Instant, type System } from '@rollcall/core'
import { createPacingClock } from './pacing-clock.js'

export interface ResponseHead {
  readonly status: number
  readonly header: (name: string) => string | undefined
}

/** Bounds for implausible waits. */
export const shortestWait = second
export const longestWait = 15 * minute
/** When Atlassian names no time, waits double from two seconds up to this. */
const longestGuess = minute
/** Timers sometimes fire a little early. */
const maxWaits = 3
const clamp = (ms: number): number => Math.min(longestWait, Math.max(shortestWait, ms))

/** Milliseconds until Atlassian's reset. `now` is on Atlassian's clock. */
function untilReset({ header }: ResponseHead, now: Instant): Duration | undefined {
  const reset = header('x-ratelimit-reset') ?? ''
  const at = parseInstant(reset) ?? (/^\d{9,11}$/.test(reset) ? Number(reset) * second : undefined)
  return at === undefined ? undefined : at - now
}

/** Milliseconds of Retry-After, given in seconds or as a date; undefined when absent or neither. */
export function retryAfter({ header }: ResponseHead, now: Instant): Duration | undefined {
  const given = header('retry-after')?.trim() ?? ''
  if (/^-?\d+(\.\d+)?$/.test(given)) return clamp(Number(given) * second)
  const at = /^[a-z]{3,9},? /i.test(given) ? Date.parse(given) : parseInstant(given)
  return at === undefined || Number.isNaN(at) ? undefined : clamp(at - now)
}

/** Milliseconds to wait after a number of 429 in a row: Retry-After, otherwise the reset, at least doubling each time. */
export function waitAfter429(response: ResponseHead, refusals: number, now: Instant): Duration {
  const guess = Math.min(longestGuess, second * 2 ** Math.min(refusals, 10))
  const named = retryAfter(response, now) ?? untilReset(response, now)
  return clamp(named === undefined ? guess : refusals > 1 ? Math.max(named, guess) : named)
}

/** Shorter waits are not reported. */
const shortestReported = 2 * second

/**
 * Makes a gate. `pass` lets one request through at a time and learns from its response. `onWait` receives the
 * length of a throttle before the gate waits for it.
 */
export function createGate(
  system: Pick<System, 'now' | 'wait'>,
  onWait: (length: Duration) => Promise<void> = async () => undefined,
) {
  const upstream = createPacingClock(system)
  let turn: Promise<unknown> = Promise.resolve()
  let closed = { from: 0, for: 0 }
  let refusals = 0

  /** Milliseconds until the gate opens. Setting the clock back does not make the wait longer. */
  function closedFor(): Duration {
    const now = system.now()
    if (now < closed.from) closed = { ...closed, from: now }
    return Math.max(0, closed.from + closed.for - now)
  }
  function learn(response: ResponseHead, sentAt: Instant) {
    upstream.learn(response.header('date'), sentAt)
    const now = upstream.now()
    refusals = response.status === 429 ? refusals + 1 : 0
    const exhausted = Number(response.header('x-ratelimit-remaining') ?? 1) <= 0
    const reset = exhausted ? (untilReset(response, now) ?? 0) : 0
    const wait = refusals > 0 ? waitAfter429(response, refusals, now) : Math.min(longestWait, reset)
    if (wait > closedFor()) closed = { from: system.now(), for: wait }
  }

  return {
    closedFor,
    /** Atlassian's time, good enough to compute waits, all of which have bounds. */
    now: () => upstream.now(),
    pass<T extends ResponseHead>(send: () => Promise<T>): Promise<T> {
      const mine = turn.then(async () => {
        const closed = closedFor()
        if (closed >= shortestReported) await onWait(closed)
        for (let tries = 0; tries < maxWaits && closedFor() > 0; tries += 1) await system.wait(closedFor())
        const sentAt = system.now()
        const response = await send()
        learn(response, sentAt)
        return response
      })
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}
