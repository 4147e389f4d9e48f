// Rate limits with Atlassian's headers: so many calls per window, counted in real time.

import { gatewayError, type ApiResponse } from './responses.js'

export interface RateLimit {
  readonly perWindow: number
  readonly windowMs: number
  /** True sends a correct Retry-After, a text is sent unchanged, absent sends none. */
  readonly retryAfter?: boolean | string
  /** Limits only calls whose path contains this text; absent for all calls. */
  readonly path?: string
  /** Jira's reason, which Jira sends with further headers. */
  readonly reason?: string
}
interface Bucket {
  readonly limit: RateLimit
  opened: number
  used: number
}

/** The limits that Atlassian publishes. */
export const published: readonly RateLimit[] = [
  { path: '/last-active-dates', perWindow: 200, windowMs: 60_000 },
  { path: '/events-stream', perWindow: 50, windowMs: 60_000 },
  { path: '/events', perWindow: 10, windowMs: 60_000 },
  { path: '/event-actions', perWindow: 10, windowMs: 60_000 },
  { path: '/ex/jira/', perWindow: 100, windowMs: 1000, retryAfter: true, reason: 'jira-burst-based' },
]

/** Reads a limit; undefined when it is invalid. */
export function readLimit(parameters: Readonly<Record<string, unknown>>): RateLimit | undefined {
  const { perWindow, windowMs, retryAfter, path, reason } = parameters
  if (!Number.isSafeInteger(perWindow) || !Number.isSafeInteger(windowMs)) return undefined
  if (Number(perWindow) < 0 || Number(windowMs) < 1) return undefined
  return {
    perWindow: Number(perWindow),
    windowMs: Number(windowMs),
    ...(typeof retryAfter === 'boolean' || typeof retryAfter === 'string' ? { retryAfter } : {}),
    ...(typeof path === 'string' ? { path } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  }
}

/** Counts calls against limits; `take` returns a 429 response or the headers to add. */
export function createRateLimiter(now: () => number = Date.now) {
  let buckets: Bucket[] = []
  const open = (limit: RateLimit): Bucket => ({ limit, opened: now(), used: 0 })

  function headersOf({ limit, opened, used }: Bucket, refused: boolean): Record<string, string> {
    const { perWindow, windowMs, retryAfter, reason } = limit
    const reset = opened + windowMs
    const remaining = Math.max(0, perWindow - used)
    const wait = retryAfter === true ? String(Math.ceil((reset - now()) / 1000)) : retryAfter
    return {
      'x-ratelimit-limit': String(perWindow),
      'x-ratelimit-remaining': String(remaining),
      ...(reason === undefined || refused ? { 'x-ratelimit-reset': new Date(reset).toISOString() } : {}),
      ...(reason !== undefined && remaining < perWindow * 0.2 ? { 'x-ratelimit-nearlimit': 'true' } : {}),
      ...(refused && reason !== undefined ? { 'ratelimit-reason': reason } : {}),
      ...(refused && typeof wait === 'string' ? { 'retry-after': wait } : {}),
    }
  }

  return {
    /** Sets limits in place of all earlier ones; a limit with a path is added to them. */
    set(limits: readonly RateLimit[]) {
      const [only] = limits
      const kept =
        limits.length === 1 && only?.path !== undefined ? buckets.filter(({ limit }) => limit.path !== only.path) : []
      buckets = [...kept, ...limits.map(open)]
    },
    take(path: string): { readonly refused?: ApiResponse; readonly headers: Readonly<Record<string, string>> } {
      const at = now()
      const matching = buckets.filter(({ limit }) => path.includes(limit.path ?? ''))
      for (const bucket of matching)
        if (at >= bucket.opened + bucket.limit.windowMs) Object.assign(bucket, { opened: at, used: 0 })
      const full = matching.find(({ limit, used }) => used >= limit.perWindow)
      if (full !== undefined) {
        const headers = headersOf(full, true)
        return { headers, refused: { ...gatewayError(429, 'Too many requests'), headers } }
      }
      for (const bucket of matching) bucket.used += 1
      const left = ({ limit, used }: Bucket) => limit.perWindow - used
      const [tightest] = [...matching].sort((a, b) => left(a) - left(b))
      return { headers: tightest === undefined ? {} : headersOf(tightest, false) }
    },
  }
}
