// The HTTP server: keys, rate limits and faults around the endpoints.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClock } from './clock.js'
import { control, type Control } from './control.js'
import { applicationError, gatewayError, managementError, type Answer } from './errors.js'
import { createRecorder } from './exchanges.js'
import { createFaults, type Fault } from './faults.js'
import { makeOrganization, type Organization } from './organization.js'
import { createRateLimiter } from './rate-limit.js'
import { route } from './routes.js'

export interface SimulatorOptions {
  readonly port?: number
  readonly users?: number
  readonly seed?: number
  /** ISO 8601 instant at which the simulated clock starts. */
  readonly now?: string
  readonly model?: 'centralized' | 'original'
}
export interface Simulator {
  readonly url: string
  readonly port: number
  readonly organization: Organization
  close(): Promise<void>
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function readBody(text: string): Record<string, unknown> | undefined {
  try {
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  } catch {
    return undefined
  }
}

function spoil(fault: Fault, body: unknown): unknown {
  const text = JSON.stringify(body)
  if (fault.kind === 'unknown-enum')
    return JSON.parse(text.replaceAll(/"(accountStatus|membershipStatus)":"[a-z_]+"/g, '"$1":"quantum"'))
  if (fault.kind === 'null-fields')
    return JSON.parse(text.replaceAll(/"(lastActiveTimestamp|addedToOrg)":"[^"]*"/g, '"$1":null'))
  return body
}

function write(response: ServerResponse, { status, body, headers = {} }: Answer, fault?: Fault): void {
  if (fault?.kind === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title>')
    return
  }
  const text = body === undefined ? '' : JSON.stringify(fault === undefined ? body : spoil(fault, body))
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(text) }
  response.writeHead(status, { 'content-type': 'application/json', ...length, ...headers })
  if (fault?.kind !== 'cut') response.end(text)
  else response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy())
}

/** Starts the simulator on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, users = 2500, seed = 1, now = '2026-11-24T08:00:00Z', model = 'centralized' } = options
  const organization = makeOrganization({ users, seed, now: Date.parse(now), model })
  const site: Control = {
    organization,
    clock: createClock(Date.parse(now)),
    faults: createFaults(),
    limiter: createRateLimiter(),
    revoked: new Set(),
    calls: { total: 0, rateLimited: 0, byPath: {}, writes: [] },
  }
  const { clock, calls, keys } = { ...site, keys: organization.keys }
  const record = createRecorder()
  let base = ''
  let lastSearch: unknown

  function answer(
    method: string,
    url: URL,
    body: Record<string, unknown> | undefined,
    bearer: string,
    fault?: Fault,
  ): Answer {
    const key = bearer === keys.unscoped ? 'unscoped' : bearer === keys.scoped ? 'scoped' : undefined
    if (key === undefined || site.revoked.has(bearer))
      return url.pathname.startsWith('/users/')
        ? managementError(401, 'unauthorized')
        : gatewayError(401, 'Unauthorized')
    if (body === undefined) return applicationError(400, 'ADMIN-400-24', 'Invalid request body')
    if (fault?.kind === 'rate-limit')
      return { ...gatewayError(429, 'Too many requests'), ...(fault.headers ? { headers: fault.headers } : {}) }
    if (fault?.kind === 'status')
      return {
        ...gatewayError(fault.status ?? 503, 'Service unavailable'),
        ...(fault.headers ? { headers: fault.headers } : {}),
      }
    if (fault?.kind === 'repeat-cursor' && lastSearch !== undefined) return { status: 200, body: lastSearch }
    const changed = (accountId: string, change: string) => {
      organization.byId.get(accountId)?.history.push({ at: clock.now(), change, by: 'api' })
      calls.writes.push({ at: clock.now(), method, path: url.pathname, accountId, change })
    }
    const given = route(
      { method, path: url.pathname, query: url.searchParams, body, key, organization, clock, changed },
      base,
    )
    if (url.pathname.endsWith('/users/search') && given.status === 200) lastSearch = given.body
    return given
  }

  const server = createServer((request, response) => {
    void (async () => {
      const text = await readText(request)
      const body = readBody(text)
      const [url, method] = [new URL(request.url ?? '/', base), request.method ?? 'GET']
      if (url.pathname.startsWith('/_simulator/'))
        return write(response, control(method, url.pathname, body ?? {}, site))
      calls.total += 1
      const template = `${method} ${url.pathname.replaceAll(/\/(orgs|users|directories|groups|memberships)\/[^/]*[0-9-][^/]*/g, '/$1/{}')}`
      calls.byPath[template] = (calls.byPath[template] ?? 0) + 1
      const { refused, headers } = site.limiter.take()
      if (refused !== undefined) {
        calls.rateLimited += 1
        record(request, text, refused)
        return write(response, refused)
      }
      const fault = site.faults.strike(method, url.pathname)
      if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 1000))
      if (fault?.kind === 'reset') {
        record(request, text, undefined, fault.kind)
        return response.destroy()
      }
      const given = answer(method, url, body, (request.headers.authorization ?? '').replace('Bearer ', ''), fault)
      record(request, text, given, fault?.kind)
      if (fault?.kind === 'timeout-after-effect') return response.destroy()
      return write(response, { ...given, headers: { ...headers, ...given.headers } }, fault)
    })()
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const listening = (server.address() as AddressInfo).port
  base = `http://127.0.0.1:${listening}`
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: base, port: listening, organization, close }
}
