// One request to Atlassian: key, gate, retries of what is safe, and every failure as a DirectoryError.

import { DirectoryError, minute, second, type System } from '@rollcall/core'
import type { z } from 'zod'
import { readErrorBody, type ErrorBody } from './error-body.js'
import { createGate, waitAfter429 } from './gate.js'

/** The part of `fetch` that is used; the caller's fetch sets time-outs. */
export type Fetch = (
  url: string,
  init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
) => Promise<{
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}>

export interface HttpOptions {
  readonly baseUrl: string
  readonly fetch: Fetch
  readonly system: Pick<System, 'now' | 'wait'>
}
export interface Asked {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly key: string
  readonly body?: unknown
  /** Present for changes: asked right before every sending. */
  readonly permit?: () => Promise<boolean>
}
interface Received {
  readonly status: number
  readonly text: string
  readonly header: (name: string) => string | undefined
}

/** A storm of 429 is sat out for so long. */
const patience = 30 * minute
const readRetries = 4
class Withheld extends Error {}

const neverSent = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/
function codeOf(failure: unknown): string {
  const cause = failure instanceof Error ? (failure.cause ?? failure) : failure
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : String(cause)
}

/** Translates a refusal into the one family of errors. */
function refusal({ method, path, permit }: Asked, { status, text }: Received): DirectoryError {
  const where = `${method} ${path.split('?')[0]} answered ${status}`
  let error: ErrorBody
  try {
    error = readErrorBody(JSON.parse(text))
  } catch {
    error = { code: '', sentence: 'no explanation' }
  }
  const say = (advice: string) => `Atlassian refused: ${error.sentence} (${where}). ${advice}`
  if (status === 401 || error.code === 'ADMIN-401-2')
    return new DirectoryError(
      'unauthorized',
      say('The API key is wrong, expired, revoked or has too few rights. Give a valid organization API key.'),
    )
  if (status === 403)
    return new DirectoryError(
      'forbidden',
      say('The key may not do this. Changes need an organization API key made without scopes.'),
    )
  if (status === 404 && error.code === 'routing')
    return new DirectoryError('forbidden', say('Check ROLLCALL_ORG_ID and that the key belongs to that organization.'))
  if (status === 404) return new DirectoryError('not-found', say('Check that it still exists.'))
  if (error.code.endsWith('409-3')) return new DirectoryError('seat-limit', say('Free or buy a seat first.'))
  if (status >= 500)
    return new DirectoryError('unavailable', say('Try again later.'), {
      effect: permit === undefined ? 'none' : 'maybe',
    })
  return permit === undefined
    ? new DirectoryError('unexpected-response', say('Nothing was changed.'))
    : new DirectoryError('conflict', say('Look at this account at admin.atlassian.com.'))
}

/** Makes the transport: `read` answers a checked body, `change` says whether the change was accepted. */
export function createHttp({ baseUrl, fetch, system }: HttpOptions) {
  const gate = createGate(system)
  let requests = 0

  async function once(asked: Asked): Promise<Received> {
    return gate.pass(async () => {
      if (asked.permit !== undefined && !(await asked.permit())) throw new Withheld()
      requests += 1
      const headers = {
        authorization: `Bearer ${asked.key}`,
        accept: 'application/json',
        'content-type': 'application/json',
      }
      const body = asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }
      try {
        const response = await fetch(`${baseUrl}${asked.path}`, { method: asked.method, headers, ...body })
        const text = await response.text()
        return { status: response.status, text, header: (name) => response.headers.get(name) ?? undefined }
      } catch (failure) {
        const code = codeOf(failure)
        const effect = asked.permit === undefined || neverSent.test(code) ? 'none' : 'maybe'
        throw new DirectoryError(
          'unavailable',
          `No answer from ${baseUrl} to ${asked.method} ${asked.path.split('?')[0]} (${code}). Check the network and ROLLCALL_ATLASSIAN_URL.`,
          { effect },
        )
      }
    })
  }

  async function patient(asked: Asked): Promise<Received> {
    const since = system.now()
    for (let refusals = 0, failures = 0; ;) {
      let failure: DirectoryError
      try {
        const received = await once(asked)
        if (received.status !== 429 && received.status < 500) return received
        failure = refusal(asked, received)
        if (received.status === 429) {
          const wait = waitAfter429(received, refusals, system.now())
          if (system.now() + wait - since > patience)
            throw new DirectoryError(
              'rate-limited',
              `Atlassian limited the rate for ${Math.round((system.now() - since) / minute)} minutes. Try again later.`,
              { retryAfterMs: wait },
            )
          refusals += 1
          gate.close(wait)
          continue
        }
      } catch (thrown) {
        if (!(thrown instanceof DirectoryError) || thrown.code !== 'unavailable') throw thrown
        failure = thrown
      }
      failures += 1
      if (asked.permit !== undefined || failures > readRetries) throw failure
      await system.wait(Math.min(30, 2 ** failures) * second * (0.7 + ((failures * 37) % 60) / 100))
    }
  }

  return {
    requests: () => requests,
    async read<Schema extends z.ZodType>(schema: Schema, asked: Asked): Promise<z.output<Schema>> {
      const received = await patient(asked)
      if (received.status >= 300) throw refusal(asked, received)
      const where = `${asked.method} ${asked.path.split('?')[0]}`
      let body: unknown
      try {
        body = JSON.parse(received.text)
      } catch {
        const what = /^\s*</.test(received.text) ? 'an HTML page' : 'broken JSON'
        throw new DirectoryError(
          'unexpected-response',
          `${where} answered ${what} instead of JSON. Check ROLLCALL_ATLASSIAN_URL and proxies; nothing was changed.`,
        )
      }
      const parsed = schema.safeParse(body)
      if (parsed.success) return parsed.data
      const issue = parsed.error.issues[0]
      throw new DirectoryError(
        'unexpected-response',
        `${where} answered something unexpected at ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? ''}. Nothing was changed.`,
      )
    },
    async change(
      asked: Asked & { readonly permit: () => Promise<boolean> },
      done: (status: number, error: ErrorBody) => boolean,
    ): Promise<'accepted' | 'withheld'> {
      try {
        const received = await patient(asked)
        if (received.status < 300) return 'accepted'
        let body: unknown
        try {
          body = JSON.parse(received.text)
        } catch {
          body = undefined
        }
        if (done(received.status, readErrorBody(body))) return 'accepted'
        throw refusal(asked, received)
      } catch (failure) {
        if (failure instanceof Withheld) return 'withheld'
        throw failure
      }
    },
  }
}
export type Http = ReturnType<typeof createHttp>
