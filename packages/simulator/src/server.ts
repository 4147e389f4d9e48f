// The HTTP server: control surface, rate limits and faults around the endpoints.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createResponder } from './respond.js'
import { control } from './control/control.js'
import { applicationError, routingError, type ApiResponse } from './http/responses.js'
import { createRecorder } from './http/exchanges.js'
import type { Fault } from './http/faults.js'
import { closeDeleted } from './organization/deletion.js'
import type { Account, Organization } from './organization/organization.js'
import { createSimulation, type SimulationOptions } from './simulation.js'

export interface SimulatorOptions extends SimulationOptions {
  readonly port?: number
  /** False excludes the exchanges from the recordings, for behaviour that Atlassian does not document. */
  readonly recorded?: boolean
}
export interface Simulator {
  readonly url: string
  readonly port: number
  readonly organization: Organization
  close(): Promise<void>
}

const longestBody = 1_000_000
/** Reads the body; undefined when it is too long. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += (chunk as Buffer).length
    if (length <= longestBody) chunks.push(chunk as Buffer)
  }
  return length > longestBody ? undefined : Buffer.concat(chunks).toString()
}

/** Reads a JSON object; undefined for anything else. */
function readBody(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = text === '' ? {} : JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

function write(response: ServerResponse, { status, body, headers = {} }: ApiResponse, fault?: Fault): void {
  if (fault?.kind === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title>')
    return
  }
  const text = body === undefined ? '' : JSON.stringify(body)
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(text) }
  response.writeHead(status, { 'content-type': 'application/json', ...length, ...headers })
  if (fault?.kind !== 'cut') response.end(text)
  else response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy())
}

/** Paths without their ids, so that calls of one kind are counted together. */
const templateOf = (method: string, path: string): string =>
  `${method} ${path.replaceAll(/\/(orgs|users|directories|groups|memberships)\/[^/]*[0-9-][^/]*/g, '/$1/{}')}`

/** Starts the simulator on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  let [base, current] = ['http://127.0.0.1', { method: '', path: '' }]
  const due = new Set<Account>()
  const world = createSimulation(options, ({ account, what, by, at }) => {
    world.journal.add(what.split(' ')[0] ?? what, account.accountId)
    if (what === 'delete') due.add(account)
    if (by === 'api') world.calls.writes.push({ at, ...current, accountId: account.accountId, change: what })
  })
  const { organization, clock, calls } = world
  const record = options.recorded === false ? createRecorder('') : createRecorder()
  const answer = createResponder(world, world.keyring, () => base)

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readText(request)
    const method = request.method ?? 'GET'
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (text === undefined) return write(response, routingError(413, 'Payload Too Large', 'Payload Too Large', path))
    if (!URL.canParse(`${base}${request.url ?? '/'}`))
      return write(response, routingError(400, 'Bad Request', 'Malformed path', path))
    const url = new URL(`${base}${request.url ?? '/'}`)
    const body = readBody(text)
    closeDeleted(due, organization, clock.now())
    if (url.pathname.startsWith('/_simulator/')) return write(response, control(method, url.pathname, body, world))
    calls.total += 1
    const template = templateOf(method, url.pathname)
    calls.byPath[template] = (calls.byPath[template] ?? 0) + 1
    const { refused, headers } = world.limiter.take(url.pathname)
    if (refused !== undefined) {
      calls.rateLimited += 1
      record(request, text, refused)
      return write(response, refused)
    }
    const fault = world.faults.strike(method, url.pathname)
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 1000))
    if (fault?.kind === 'reset') {
      record(request, text, undefined, fault.kind)
      response.destroy()
      return
    }
    current = { method, path: url.pathname }
    const given = answer({ method, url, body, authorization: request.headers.authorization ?? '' }, fault)
    record(request, text, given, fault?.kind)
    if (fault?.kind === 'timeout-after-effect') response.destroy()
    else write(response, { ...given, headers: { ...headers, ...given.headers } }, fault)
  }

  const server = createServer((request, response) => {
    response.setHeader('date', new Date(clock.now()).toUTCString())
    response.setHeader('x-simulated-time', new Date(clock.now()).toISOString())
    serve(request, response).catch((failure: unknown) => {
      if (response.headersSent || request.destroyed) return response.destroy()
      return write(response, applicationError(500, 'ADMIN-500-1', 'Internal error', String(failure)))
    })
  })
  server.on('clientError', (_, socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  base = `http://127.0.0.1:${port}`
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: base, port, organization, close }
}
