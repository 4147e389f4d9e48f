// Patience with the platform: a call that it refused for the moment, lost or never answered is made again. Whatever is
// called so may happen twice: every statement, value and event here is made for that.

import { setTimeout as sleep } from 'node:timers/promises'

const tries = 6
/** The first pause; it doubles. */
const pause = 200
/** Longer than the platform takes for any statement. */
const noAnswerAfter = 25_000

/** The platform did not answer in time. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

async function inTime<Value>(call: Promise<Value>): Promise<Value> {
  const stop = new AbortController()
  const late = sleep(noAnswerAfter, undefined, { signal: stop.signal }).then(() => {
    throw new NoAnswer('The platform did not answer.')
  })
  late.catch(() => undefined)
  try {
    return await Promise.race([call, late])
  } finally {
    stop.abort()
  }
}

/** Says whether a failure is over in a moment: a limit, an error of the platform itself, or a broken connection. */
export function isPassing(failure: unknown): boolean {
  if (!(failure instanceof Error)) return false
  if (failure instanceof NoAnswer || failure instanceof TypeError) return true
  const { responseDetails, status = responseDetails?.status } = failure as {
    readonly responseDetails?: { readonly status?: number }
    readonly status?: number
  }
  if (status !== undefined) return status === 429 || status >= 500
  // The packages name some failures instead of numbering them.
  return ['RateLimitError', 'InternalServerError', 'ProxyRequestError'].includes(failure.constructor.name)
}

/** Calls until it succeeds, fails for good, or has failed too often. */
export async function withRetry<Value>(call: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await inTime(call())
    } catch (failure) {
      if (attempt === tries || !isPassing(failure)) throw failure
      await sleep(pause * 2 ** (attempt - 1))
    }
}
