// Sends a request to Atlassian with its key through the rate gate, retries what is safe to repeat, and throws every failure
// as a DirectoryError.

import { DirectoryError, minute, second, type Duration, type Instant, type System } from '@rollcall/core'
import type { z } from 'zod'
import { boundedFetch, OutOfBounds } from './bounded-fetch.js'
import { readErrorBody, type ErrorBody } from './error-body.js'
import { cachedCopy, isCached } from './cached-copy.js'
import { createGate, retryAfter } from './gate.js'
import { isOutage, refusal } from './refusal.js'
import { redactKey, type ApiRequest, type Fetch, type ApiResponse } from './request.js'
import { createUpstreamClock } from './upstream-clock.js'

export interface HttpOptions {
  readonly baseUrl: string
  readonly fetch: Fetch
  readonly system: Pick<System, 'now' | 'wait' | 'elapsed'>
  /** How long one response may take, to the end of its body; a minute by default. */
  readonly requestTimeout?: Duration | undefined
  /** True where the machine's own clock is Atlassian's, so that it needs no Date header. */
  readonly trustedClock?: boolean
  /** Receives the end of a throttle before the client waits for it. */
  readonly onWait?: (until: Instant) => Promise<void>
}

/** How long the client waits in total while Atlassian responds with 429. */
const longestThrottle = 30 * minute
const readRetries = 4
class Withheld extends Error {}

const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|.*CERT.*|UNABLE_TO_.*)$/
/** The code or name of a network failure, never its message, which can contain the key. */
function codeOf(failure: unknown): string {
  const cause = failure instanceof Error ? (failure.cause ?? failure) : failure
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string')
    return cause.code
  return cause instanceof Error ? cause.name : 'unknown failure'
}
/** Milliseconds between tries of a read: 2, 4, 8, 16 seconds, each with some jitter. */
const backoff = (failures: number): number => 2 ** failures * second * (0.7 + ((failures * 37) % 60) / 100)

/** Makes the transport. `read` returns a validated body; `change` says whether Atlassian accepted the change. */
export function createHttp({ baseUrl, fetch, system, requestTimeout = minute, onWait, trustedClock }: HttpOptions) {
  const clock = createUpstreamClock(system, trustedClock)
  const gate = createGate(system, async (ms) => onWait?.(clock.now() + ms))
  let requests = 0
  const reports = new Set<() => Promise<void>>()

  async function send(request: ApiRequest): Promise<ApiResponse> {
    const { method, path, key, permit } = request
    for (const report of reports) await report()
    if (permit !== undefined && !(await permit())) throw new Withheld()
    requests += 1
    const body = request.body === undefined ? undefined : JSON.stringify(request.body)
    const headers = {
      authorization: `Bearer ${key}`,
      accept: 'application/json',
      ...(request.uncached === true ? { 'cache-control': 'no-cache' } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const sentAt = system.now()
    try {
      const init = { method, headers, ...(body === undefined ? {} : { body }) }
      const { response, text } = await boundedFetch(fetch, `${baseUrl}${path}`, init, requestTimeout)
      const header = (name: string) => response.headers.get(name) ?? undefined
      return { status: response.status, text, header, sentAt, receivedAt: system.now() }
    } catch (failure) {
      // The host says itself why its request did not leave, such as for its proxy.
      if (failure instanceof DirectoryError) throw failure
      if (failure instanceof OutOfBounds) {
        const what = `${baseUrl} ${failure.what} (${method} ${path.split('?')[0]}). Check the network and proxies on the way to Atlassian.`
        const is = failure.exceeded === 'time' ? 'unavailable' : 'unexpected-response'
        throw new DirectoryError(is, redactKey(what, request), { effect: permit === undefined ? 'none' : 'maybe' })
      }
      const code = codeOf(failure)
      const what = `No response from ${baseUrl} to ${method} ${path.split('?')[0]} (${code}). Check the network and Atlassian's address.`
      const effect = permit === undefined || neverSent.test(code) ? 'none' : 'maybe'
      throw new DirectoryError('unavailable', redactKey(what, request), { effect })
    }
  }

  /** Sends once. Returns a network failure or an outage as a value. */
  async function attempt(
    request: ApiRequest,
  ): Promise<ApiResponse | { readonly failure: DirectoryError; readonly wait: number }> {
    try {
      const received = await gate.pass(() => send(request))
      if (!isOutage(received.status)) return received
      return { failure: refusal(request, received), wait: retryAfter(received, gate.now()) ?? 0 }
    } catch (failure) {
      if (failure instanceof DirectoryError) return { failure, wait: 0 }
      throw failure
    }
  }

  /** Waits out 429 and retries reads. Sends a change again only after a 429, which had no effect. */
  async function sendWithRetry(request: ApiRequest): Promise<ApiResponse> {
    for (let waited = 0, failures = 0; ;) {
      const received = await attempt(request)
      if ('failure' in received) {
        failures += 1
        const again = request.permit === undefined && received.failure.code !== 'unexpected-response'
        if (!again || failures > readRetries) throw received.failure
        await system.wait(Math.max(backoff(failures), received.wait))
        continue
      }
      if (received.status !== 429) return received
      const wait = gate.closedFor()
      if (waited + wait > longestThrottle)
        throw new DirectoryError(
          'rate-limited',
          `Atlassian limited the rate for ${Math.round(waited / minute)} minutes. Try again later.`,
          { retryAfterMs: wait },
        )
      waited += wait
    }
  }

  return {
    requests: () => requests,
    /** Atlassian's time, or this machine's while the two disagree. */
    now: () => clock.now(),
    time: () => clock.time(),
    /** Calls `report` before each request until the work ends, whatever else sends requests meanwhile. */
    async reporting<Result>(report: (() => Promise<void>) | undefined, work: () => Promise<Result>): Promise<Result> {
      if (report === undefined) return work()
      const mine = () => report()
      reports.add(mine)
      try {
        return await work()
      } finally {
        reports.delete(mine)
      }
    },
    async read<Schema extends z.ZodType>(schema: Schema, request: ApiRequest): Promise<z.output<Schema>> {
      let received = await sendWithRetry(request)
      if (isCached(received)) received = await sendWithRetry({ ...request, uncached: true })
      if (isCached(received)) throw cachedCopy(request, received)
      if (received.status >= 300) throw refusal(request, received)
      const unexpected = (what: string) =>
        new DirectoryError(
          'unexpected-response',
          redactKey(`${request.method} ${request.path.split('?')[0]} responded with ${what}`, request),
        )
      let body: unknown
      try {
        body = JSON.parse(received.text)
      } catch {
        const what = /^\s*</.test(received.text) ? 'an HTML page' : 'broken JSON'
        throw unexpected(`${what} instead of JSON. Check Atlassian's address and proxies; nothing was changed.`)
      }
      const parsed = schema.safeParse(body)
      if (parsed.success) {
        // Only a response that is surely Atlassian's own, and no copy that a cache has kept, may set the clock.
        clock.learn(received.header('date'), received)
        return parsed.data
      }
      const issue = parsed.error.issues[0]
      throw unexpected(
        `something unexpected at ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? ''}. Nothing was changed.`,
      )
    },
    async change(
      request: ApiRequest & { readonly permit: () => Promise<boolean> },
      done: (status: number, error: ErrorBody) => boolean,
    ): Promise<'accepted' | 'withheld'> {
      try {
        const received = await sendWithRetry(request)
        if (received.status < 300 || done(received.status, readErrorBody(received.text))) return 'accepted'
        throw refusal(request, received)
      } catch (failure) {
        if (failure instanceof Withheld) return 'withheld'
        throw failure
      }
    },
  }
}
export type Http = ReturnType<typeof createHttp>
