// Rate limits with Atlassian's headers: so many calls per window, counted in real time.

import { gatewayError, type Answer } from './errors.js'

export interface RateLimit {
  readonly perWindow: number
  readonly windowMs: number
  /** True for a right Retry-After, a text to send that, absent for none. */
  readonly retryAfter?: boolean | string
}

/** Counts calls against a limit; `take` answers 429, or the headers to send along. */
export function createRateLimiter(limit?: RateLimit) {
  let [current, opened, used] = [limit, Date.now(), 0]
  return {
    set(next: RateLimit | undefined) {
      ;[current, opened, used] = [next, Date.now(), 0]
    },
    take(): { readonly refused?: Answer; readonly headers: Readonly<Record<string, string>> } {
      if (current === undefined) return { headers: {} }
      const now = Date.now()
      if (now >= opened + current.windowMs) [opened, used] = [now, 0]
      const reset = opened + current.windowMs
      const remaining = Math.max(0, current.perWindow - used - 1)
      const headers = {
        'x-ratelimit-limit': String(current.perWindow),
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-reset': new Date(reset).toISOString(),
      }
      if (used < current.perWindow) {
        used += 1
        return { headers }
      }
      const { retryAfter } = current
      const wait = retryAfter === true ? String(Math.ceil((reset - now) / 1000)) : retryAfter
      const more = typeof wait === 'string' ? { 'retry-after': wait } : {}
      return { headers, refused: { ...gatewayError(429, 'Too many requests'), headers: { ...headers, ...more } } }
    },
  }
}
