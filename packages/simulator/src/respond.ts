// How the simulator responds to a call: it checks the key, then applies a fault, then calls the endpoint.

import type { Call } from './http/call.js'
import { applicationError, gatewayError, type ApiResponse } from './http/responses.js'
import { spoil, type Fault } from './http/faults.js'
import { unauthorized, type Keyring } from './http/keys.js'
import { route } from './router.js'
import { errorFor } from './http/endpoint-error.js'

export interface Request {
  readonly method: string
  readonly url: URL
  /** Undefined when the body is not a JSON object. */
  readonly body: Readonly<Record<string, unknown>> | undefined
  readonly authorization: string
}
type SimulationContext = Omit<Call, 'method' | 'path' | 'query' | 'body' | 'key' | 'base' | 'params'>
type PageBody = { readonly links?: { readonly next?: unknown }; readonly data?: readonly unknown[] }

const withHeaders = (answer: ApiResponse, { headers }: Fault): ApiResponse =>
  headers === undefined ? answer : { ...answer, headers }
const bare = (next: string): string => /[?&]cursor=([^&]+)/.exec(next)?.[1] ?? next

/** Makes the function that responds to every call of one simulator. */
export function createResponder(world: SimulationContext, keyring: Keyring, base: () => string) {
  let lastSearch: unknown

  /** Skips the requested page and returns the one after it. */
  function skipPage(given: ApiResponse, call: Omit<Call, 'params'>): ApiResponse {
    const { links, data } = (given.body ?? {}) as PageBody
    if (given.status !== 200 || !Array.isArray(data)) return given
    if (typeof links?.next !== 'string') return { ...given, body: { ...(given.body as object), data: [] } }
    const cursor = bare(links.next)
    return route({ ...call, body: { cursor }, query: new URLSearchParams({ cursor }) }, keyring)
  }

  return ({ method, url, body, authorization }: Request, fault?: Fault): ApiResponse => {
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
