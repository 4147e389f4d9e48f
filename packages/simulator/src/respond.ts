// What a call is answered: key first, then the fault that strikes it, then its endpoint.

import type { Call } from './http/call.js'
import { applicationError, gatewayError, type Answer } from './http/responses.js'
import { spoil, type Fault } from './http/faults.js'
import { unauthorized, type Keyring } from './http/keys.js'
import { route } from './router.js'
import { errorFor } from './http/endpoint-error.js'

export interface Request {
  readonly method: string
  readonly url: URL
  /** Undefined when it is no JSON object. */
  readonly body: Readonly<Record<string, unknown>> | undefined
  readonly authorization: string
}
type Standing = Omit<Call, 'method' | 'path' | 'query' | 'body' | 'key' | 'base' | 'params'>
type Told = { readonly links?: { readonly next?: unknown }; readonly data?: readonly unknown[] }

const withHeaders = (answer: Answer, { headers }: Fault): Answer =>
  headers === undefined ? answer : { ...answer, headers }
const bare = (next: string): string => /[?&]cursor=([^&]+)/.exec(next)?.[1] ?? next

/** Makes the answerer of one simulator. */
export function createAnswerer(world: Standing, keyring: Keyring, base: () => string) {
  let lastSearch: unknown

  /** The page after the one that was asked for, as if nothing lay between. */
  function skipPage(given: Answer, call: Omit<Call, 'params'>): Answer {
    const { links, data } = (given.body ?? {}) as Told
    if (given.status !== 200 || !Array.isArray(data)) return given
    if (typeof links?.next !== 'string') return { ...given, body: { ...(given.body as object), data: [] } }
    const cursor = bare(links.next)
    return route({ ...call, body: { cursor }, query: new URLSearchParams({ cursor }) }, keyring)
  }

  return ({ method, url, body, authorization }: Request, fault?: Fault): Answer => {
    const path = url.pathname
    const key = keyring.identify(authorization)
    if (key === undefined) return unauthorized(path)
    if (body === undefined)
      return path.startsWith('/admin/')
        ? applicationError(400, 'ADMIN-400-24', 'Invalid request body')
        : errorFor(path, 400, '400-24', 'Invalid request body')
    if (fault?.kind === 'rate-limit') return withHeaders(gatewayError(429, 'Too many requests'), fault)
    if (fault?.kind === 'status') return withHeaders(gatewayError(fault.status ?? 503, 'Service unavailable'), fault)
    if (fault?.kind === 'repeat-cursor' && lastSearch !== undefined) return { status: 200, body: lastSearch }
    const call = {
      ...world,
      method,
      path,
      query: url.searchParams,
      body,
      key,
      base: base(),
      ...(fault?.kind === 'short-page' ? { short: true } : {}),
    }
    const given = route(call, keyring)
    if (path.endsWith('/users/search') && given.status === 200) lastSearch = given.body
    if (fault === undefined || given.body === undefined) return given
    return fault.kind === 'drop-page' ? skipPage(given, call) : { ...given, body: spoil(fault, given.body) }
  }
}
