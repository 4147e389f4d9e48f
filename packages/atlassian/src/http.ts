// One request to Atlassian: key, gate, retries of what is safe, and every failure as a DirectoryError.

import { DirectoryError, minute, second, type Instant, type System } from '@rollcall/core'
import type { z } from 'zod'
import { readErrorBody, type ErrorBody } from './error-body.js'
import { createGate, retryAfter } from './gate.js'
import { isOutage, refusal } from './refusal.js'
import { sealed, type Asked, type Fetch, type Received } from './request.js'

export interface HttpOptions {
  readonly baseUrl: string
  readonly fetch: Fetch
  readonly system: Pick<System, 'now' | 'wait'>
  /** Hears until when Atlassian asked for no more requests, before that is waited for. */
  readonly onWait?: (until: Instant) => Promise<void>
}

/** A storm of 429 is sat out for so long. */
const patience = 30 * minute
const readRetries = 4
class Withheld extends Error {}

const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|.*CERT.*|UNABLE_TO_.*)$/
/** The code of a network failure, or its name: never its message, which can quote the key. */
function codeOf(failure: unknown): string {
  const cause = failure instanceof Error ? (failure.cause ?? failure) : failure
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string')
    return cause.code
  return cause instanceof Error ? cause.name : 'unknown failure'
}
/** Waits between tries of a read: 2, 4, 8, 16 seconds, each stretched or shortened a little. */
const backoff = (failures: number): number => 2 ** failures * second * (0.7 + ((failures * 37) % 60) / 100)

/** Makes the transport: `read` answers a checked body, `change` says whether the change was accepted. */
export function createHttp({ baseUrl, fetch, system, onWait }: HttpOptions) {
  const gate = createGate(system, onWait)
  let requests = 0

  async function send(asked: Asked): Promise<Received> {
    const { method, path, key, permit } = asked
    if (permit !== undefined && !(await permit())) throw new Withheld()
    requests += 1
    const body = asked.body === undefined ? undefined : JSON.stringify(asked.body)
    const headers = {
      authorization: `Bearer ${key}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    try {
      const response = await fetch(`${baseUrl}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
      const text = await response.text()
      return { status: response.status, text, header: (name) => response.headers.get(name) ?? undefined }
    } catch (failure) {
      const code = codeOf(failure)
      const what = `No answer from ${baseUrl} to ${method} ${path.split('?')[0]} (${code}). Check the network and Atlassian's address.`
      const effect = permit === undefined || neverSent.test(code) ? 'none' : 'maybe'
      throw new DirectoryError('unavailable', sealed(what, asked), { effect })
    }
  }

  /** Sends once; a network failure and an outage are both a value here. */
  async function attempt(
    asked: Asked,
  ): Promise<Received | { readonly failure: DirectoryError; readonly wait: number }> {
    try {
      const received = await gate.pass(() => send(asked))
      if (!isOutage(received.status)) return received
      return { failure: refusal(asked, received), wait: retryAfter(received, gate.now()) ?? 0 }
    } catch (failure) {
      if (failure instanceof DirectoryError) return { failure, wait: 0 }
      throw failure
    }
  }

  /** Sits out 429 and retries reads; a change is sent again after a 429 only, which had no effect. */
  async function patient(asked: Asked): Promise<Received> {
    for (let waited = 0, failures = 0; ;) {
      const received = await attempt(asked)
      if ('failure' in received) {
        failures += 1
        if (asked.permit !== undefined || failures > readRetries) throw received.failure
        await system.wait(Math.max(backoff(failures), received.wait))
        continue
      }
      if (received.status !== 429) return received
      const wait = gate.closedFor()
      if (waited + wait > patience)
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
    /** Atlassian's time. */
    now: () => gate.now(),
    async read<Schema extends z.ZodType>(schema: Schema, asked: Asked): Promise<z.output<Schema>> {
      const received = await patient(asked)
      if (received.status >= 300) throw refusal(asked, received)
      const unexpected = (what: string) =>
        new DirectoryError(
          'unexpected-response',
          sealed(`${asked.method} ${asked.path.split('?')[0]} answered ${what}`, asked),
        )
      let body: unknown
      try {
        body = JSON.parse(received.text)
      } catch {
        const what = /^\s*</.test(received.text) ? 'an HTML page' : 'broken JSON'
        throw unexpected(`${what} instead of JSON. Check Atlassian's address and proxies; nothing was changed.`)
      }
      const parsed = schema.safeParse(body)
      if (parsed.success) return parsed.data
      const issue = parsed.error.issues[0]
      throw unexpected(
        `something unexpected at ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? ''}. Nothing was changed.`,
      )
    },
    async change(
      asked: Asked & { readonly permit: () => Promise<boolean> },
      done: (status: number, error: ErrorBody) => boolean,
    ): Promise<'accepted' | 'withheld'> {
      try {
        const received = await patient(asked)
        if (received.status < 300 || done(received.status, readErrorBody(received.text))) return 'accepted'
        throw refusal(asked, received)
      } catch (failure) {
        if (failure instanceof Withheld) return 'withheld'
        throw failure
      }
    },
  }
}
export type Http = ReturnType<typeof createHttp>
