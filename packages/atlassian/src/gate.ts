// The rate gate: every call of an organization passes here, one after another, at the pace that Atlassian asks for.

import { minute, parseInstant, second, type System } from '@rollcall/core'

export interface Answered {
  readonly status: number
  readonly header: (name: string) => string | undefined
}

/** Absurd waits are brought into these bounds. */
export const shortestWait = second
export const longestWait = 15 * minute
const clamp = (ms: number): number => Math.min(longestWait, Math.max(shortestWait, ms))

/** Milliseconds until Atlassian's reset, by its own clock where it tells it. */
function untilReset({ header }: Answered, now: number): number | undefined {
  const reset = header('x-ratelimit-reset')
  const at =
    reset === undefined
      ? undefined
      : (parseInstant(reset) ?? (/^\d{9,11}$/.test(reset) ? Number(reset) * second : undefined))
  const theirs = Date.parse(header('date') ?? '')
  return at === undefined ? undefined : at - (Number.isNaN(theirs) ? now : theirs)
}

/** How long to wait after a 429: Retry-After, else the reset, else doubling from two seconds. */
export function waitAfter429(answer: Answered, refusals: number, now: number): number {
  const given = answer.header('retry-after')
  const asDate = given === undefined ? Number.NaN : Date.parse(given)
  if (given !== undefined && /^-?\d+$/.test(given)) return clamp(Number(given) * second)
  if (!Number.isNaN(asDate)) return clamp(asDate - now)
  return clamp(untilReset(answer, now) ?? 2 * second * 2 ** Math.min(refusals, 10))
}

/** Makes a gate: `pass` lets one call through at a time and learns from its answer. */
export function createGate(system: Pick<System, 'now' | 'wait'>) {
  let turn: Promise<unknown> = Promise.resolve()
  let closedUntil = 0
  return {
    pass<T extends Answered>(send: () => Promise<T>): Promise<T> {
      const mine = turn.then(async () => {
        const wait = closedUntil - system.now()
        if (wait > 0) await system.wait(wait)
        const answer = await send()
        if (answer.header('x-ratelimit-remaining') === '0') {
          const reset = untilReset(answer, system.now())
          if (reset !== undefined && reset > 0) closedUntil = system.now() + Math.min(longestWait, reset)
        }
        return answer
      })
      turn = mine.catch(() => undefined)
      return mine
    },
    close(ms: number) {
      closedUntil = Math.max(closedUntil, system.now() + ms)
    },
  }
}
