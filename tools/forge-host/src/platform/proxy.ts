// The platform's proxy on loopback HTTP: finds invocation and installation by the token, applies a fault,
// calls the service.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CallFault, ServiceName, Faults } from '../faults.js'
import type { Invocation } from '../functions/invocation.js'
import type { Note } from '../log.js'
import { proxyError, refusal, type PlatformResponse, type Handler, type PlatformCall, type Target } from './call.js'

/** One installation: its running invocations and its services. */
export interface ServedInstallation {
  readonly running: ReadonlyMap<string, Invocation>
  readonly services: Readonly<Record<ServiceName, Handler>>
  readonly faults: Faults
  readonly note: Note
}

const mostBytes = 32 * 1024 * 1024
const ownHeaders = /^(x-host-|host$|connection$|content-length$|transfer-encoding$|sec-fetch-|accept-encoding$)/

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += (chunk as Buffer).length
    if (length > mostBytes) throw new Error(`a request of more than ${mostBytes} bytes`)
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

/** The service of a target; undefined when the host does not have it. */
function serviceOf({ type, remote }: Target, path: string): ServiceName | undefined {
  if (type === 'egress') return 'egress'
  if (type === 'kvs' || type === 'sql') return type
  if (type !== 'fpp') return undefined
  if (remote === 'stargate') return path.startsWith('/webhook/queue/') ? 'events' : undefined
  return remote === 'jira' || remote === undefined ? 'jira' : undefined
}

function faultResponse({ kind, on }: CallFault): PlatformResponse {
  if (kind === 'rate-limited') return refusal(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests (a requested fault)')
  return refusal(500, on === 'sql' ? 'UNKNOWN_ERROR' : 'INTERNAL_SERVER_ERROR', 'A requested fault')
}

function write(response: ServerResponse, { status, headers = {}, body }: PlatformResponse): void {
  if (body instanceof Uint8Array) response.writeHead(status, headers).end(body)
  else if (body === undefined) response.writeHead(status, headers).end()
  else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** Reads a call and its installation; undefined when the token belongs to no running invocation. */
async function readCall(request: IncomingMessage, installations: readonly ServedInstallation[]) {
  const header = (name: string) => decodeURIComponent(String(request.headers[name] ?? ''))
  const body = await bodyOf(request)
  const token = header('x-host-token')
  const served = installations.find(({ running }) => running.has(token))
  const invocation = served?.running.get(token)
  if (served === undefined || invocation === undefined) return undefined
  const { path, ...target } =
    request.url === '/egress'
      ? { type: 'egress', path: header('x-host-url') }
      : (JSON.parse(header('x-host-target')) as Target & { readonly path: string })
  const headers = Object.entries(request.headers).filter(([name]) => !ownHeaders.test(name))
  const call: PlatformCall = {
    target,
    path,
    method: request.method ?? 'GET',
    body,
    invocation,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
  }
  return { call, served }
}

/** Starts the proxy on 127.0.0.1; more installations may follow. */
export async function startProxy(installations: readonly ServedInstallation[]) {
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const read = await readCall(request, installations)
    if (read === undefined) return write(response, proxyError(401, 'INVALID_TOKEN'))
    const { call } = read
    const { services, faults, note } = read.served
    const { target, path, method, invocation } = call
    const place = serviceOf(target, path)
    const done = (what: string | number) =>
      note(
        place === 'egress' ? 'egress' : 'platform',
        `${place ?? target.remote ?? target.type} ${method} ${path} ${what}`,
        {
          invocationId: invocation.id,
        },
      )
    if (place === undefined) {
      done(501)
      return write(response, proxyError(501, 'NOT_BUILT_IN_THE_LOCAL_HOST'))
    }
    const fault = faults.onCall(place, path)
    const silent = fault?.kind === 'time-out' || fault?.kind === 'cut'
    const works = fault === undefined || (fault.afterEffect ?? silent)
    const given = works ? await services[place](call) : undefined
    done(fault?.kind ?? given?.status ?? 0)
    if (fault?.kind === 'time-out') {
      await Promise.race([invocation.over, new Promise((resolve) => response.once('close', resolve))])
      response.destroy()
    } else if (fault?.kind === 'cut') response.destroy()
    else write(response, fault === undefined && given !== undefined ? given : faultResponse(fault as CallFault))
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((failure: unknown) => {
      for (const { note } of installations) note('platform', `the host could not respond: ${String(failure)}`)
      response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
