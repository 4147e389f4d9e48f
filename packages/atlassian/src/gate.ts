// The rate gate: every call of an organization passes here, one after another, at the pace that Atlassian asks for.

import { minute, parseInstant, second, type Duration, type Instant, type System } from '@rollcall/core'
import { createUpstreamClock } from './upstream-clock.js'

export interface Answered {
  readonly status: number
  readonly header: (name: string) => string | undefined
}

/** Absurd waits are brought into these bounds. */
export const shortestWait = second
export const longestWait = 15 * minute
/** Where Atlassian names no time, waits double from two seconds up to this. */
const longestGuess = minute
/** Timers wake a little early now and then. */
const wakings = 3
const clamp = (ms: number): number => Math.min(longestWait, Math.max(shortestWait, ms))

/** Milliseconds until Atlassian's reset; `now` is by its own clock. */
function untilReset({ header }: Answered, now: Instant): Duration | undefined {
  const reset = header('x-ratelimit-reset') ?? ''
  const at = parseInstant(reset) ?? (/^\d{9,11}$/.test(reset) ? Number(reset) * second : undefined)
  return at === undefined ? undefined : at - now
}

/** What Retry-After asks for, in seconds or as a date; undefined when it is absent or neither. */
export function retryAfter({ header }: Answered, now: Instant): Duration | undefined {
  const given = header('retry-after')?.trim() ?? ''
  if (/^-?\d+(\.\d+)?$/.test(given)) return clamp(Number(given) * second)
  const at = /^[a-z]{3,9},? /i.test(given) ? Date.parse(given) : parseInstant(given)
  return at === undefined || Number.isNaN(at) ? undefined : clamp(at - now)
}

/** How long to wait after so many 429 in a row: Retry-After, else the reset; each broken promise doubles the least. */
export function waitAfter429(answer: Answered, refusals: number, now: Instant): Duration {
  const guess = Math.min(longestGuess, second * 2 ** Math.min(refusals, 10))
  const told = retryAfter(answer, now) ?? untilReset(answer, now)
  return clamp(told === undefined ? guess : refusals > 1 ? Math.max(told, guess) : told)
}

/** Waits that are shorter than this are nothing to speak of. */
const worthTelling = 2 * second

/**
 * Makes a gate: `pass` lets one call through at a time and learns from its answer. `onWait` hears, before it is waited,
 * until when Atlassian asked for no more requests, by its own time.
 */
export function createGate(
  system: Pick<System, 'now' | 'wait'>,
  onWait: (until: Instant) => Promise<void> = async () => undefined,
) {
  const upstream = createUpstreamClock(system)
  let turn: Promise<unknown> = Promise.resolve()
  let closed = { from: 0, for: 0 }
  let refusals = 0

  /** Milliseconds until the gate opens; a clock that is set back makes that no longer than it was at first. */
  function closedFor(): Duration {
    const now = system.now()
    if (now < closed.from) closed = { ...closed, from: now }
    return Math.max(0, closed.from + closed.for - now)
  }
  function learn(answer: Answered, sentAt: Instant) {
    upstream.learn(answer.header('date'), sentAt)
    const now = upstream.now()
    refusals = answer.status === 429 ? refusals + 1 : 0
    const exhausted = Number(answer.header('x-ratelimit-remaining') ?? 1) <= 0
    const reset = exhausted ? (untilReset(answer, now) ?? 0) : 0
    const wait = refusals > 0 ? waitAfter429(answer, refusals, now) : Math.min(longestWait, reset)
    if (wait > closedFor()) closed = { from: system.now(), for: wait }
  }

  return {
    closedFor,
    /** Atlassian's time. */
    now: () => upstream.now(),
    pass<T extends Answered>(send: () => Promise<T>): Promise<T> {
      const mine = turn.then(async () => {
        const closed = closedFor()
        if (closed >= worthTelling) await onWait(upstream.now() + closed)
        for (let tries = 0; tries < wakings && closedFor() > 0; tries += 1) await system.wait(closedFor())
        const sentAt = system.now()
        const answer = await send()
        learn(answer, sentAt)
        return answer
      })
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}
