// Retries calls to the platform that it throttled, lost or did not respond to. A call may run twice, so every statement, value
// and event here is safe to repeat.

import { setTimeout as sleep } from 'node:timers/promises'

const tries = 6
/** The first pause in milliseconds; each later one is twice as long. */
const pause = 200
/** Milliseconds; longer than the platform takes for any statement. */
const timeoutMs = 25_000

/** The platform did not respond in time. */
class NoResponse extends Error {
  override readonly name = 'NoResponse'
}

async function inTime<Value>(call: Promise<Value>): Promise<Value> {
  const stop = new AbortController()
  const late = sleep(timeoutMs, undefined, { signal: stop.signal }).then(() => {
    throw new NoResponse('The platform did not respond.')
  })
  late.catch(() => undefined)
  try {
    return await Promise.race([call, late])
  } finally {
    stop.abort()
  }
}

/** Says whether a failure is temporary: a rate limit, an error of the platform itself, or a broken connection. */
export function isTemporary(failure: unknown): boolean {
  if (!(failure instanceof Error)) return false
  if (failure instanceof NoResponse || failure instanceof TypeError) return true
  const { responseDetails, status = responseDetails?.status } = failure as {
    readonly responseDetails?: { readonly status?: number }
    readonly status?: number
  }
  if (status !== undefined) return status === 429 || status >= 500
  // The packages give some failures a name instead of a status.
  return ['RateLimitError', 'InternalServerError', 'ProxyRequestError'].includes(failure.constructor.name)
}

/** Calls until it succeeds. Throws a permanent failure at once, and a temporary one after six tries. */
export async function withRetry<Value>(call: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await inTime(call())
    } catch (failure) {
      if (attempt === tries || !isTemporary(failure)) throw failure
      await sleep(pause * 2 ** (attempt - 1))
    }
}
