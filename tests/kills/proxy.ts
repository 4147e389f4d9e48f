// A proxy between Rollcall and the simulator. It fails as networks do, for single requests and on command.

import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** One request on its way, counted from 1 since the last `reset`. */
export interface Passing {
  readonly number: number
  readonly method: string
  readonly path: string
  readonly body: string
  /** Whether the request may change something at Atlassian. */
  readonly change: boolean
  /** Its number among the changes. */
  readonly changeNumber: number
}

/**
 * What happens to a request. `reset` breaks the connection before the effect, `reset-after` after it, and
 * `reset-in-response` in the middle of the response's body. `cut` ends the response early. `stall` and `stall-after` never
 * respond, without and with the effect. `drip` sends a few bytes at a time. `close` responds, and closes the connection
 * that the client would use again.
 */
export type Fate =
  | 'pass'
  | 'reset'
  | 'reset-after'
  | 'reset-in-response'
  | 'cut'
  | 'stall'
  | 'stall-after'
  | 'drip'
  | 'close'

/** Where in a request the process is killed. `gone`: while the request is on its way. `responded`: after the response. */
export const moments = ['before', 'gone', 'effect', 'half', 'responded'] as const
export type Moment = (typeof moments)[number]

export interface Director {
  /** Decides what happens to a request that has arrived. */
  fate(passing: Passing): Fate | Moment
  /** Called when the simulator has responded, before the response is forwarded. */
  effected?(passing: Passing): void
  /** Kills the process at once. */
  kill?(): void
}

interface UpstreamResponse {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function forward(
  url: string,
  { method, headers, url: path }: IncomingMessage,
  body: Buffer,
): Promise<UpstreamResponse> {
  const outgoing = ask(`${url}${path}`, { method, headers: { ...headers, host: new URL(url).host }, agent: false })
  outgoing.end(body)
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  return { status: response.statusCode ?? 0, headers: response.headers, body: await bodyOf(response) }
}

const isChange = (method: string, path: string): boolean =>
  method !== 'GET' && !/\/(search|workspaces)(\?|$)/.test(path)

/** Sends the headers with the full length, and half of the body. */
function writeHalf(response: ServerResponse, { status, headers, body }: UpstreamResponse, then: () => void): void {
  // A response without a body breaks within its headers instead.
  if (body.length < 2) {
    response.socket?.write(`HTTP/1.1 ${status} `, then)
    return
  }
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.write(body.subarray(0, Math.floor(body.length / 2)), then)
}

async function drip(response: ServerResponse, { status, headers, body }: UpstreamResponse): Promise<void> {
  response.writeHead(status, headers)
  const piece = Math.max(1, Math.ceil(body.length / 8))
  for (let from = 0; from < body.length; from += piece) {
    response.write(body.subarray(from, from + piece))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  response.end()
}

/** Starts a proxy to `upstream` on 127.0.0.1; `counts` has the number of requests with each fate. */
export async function startProxy(upstream: string) {
  let director: Director = { fate: () => 'pass' }
  let [number, changes] = [0, 0]
  const counts = new Map<string, number>()

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    const [method, path] = [request.method ?? 'GET', request.url ?? '/']
    const change = isChange(method, path)
    number += 1
    if (change) changes += 1
    const passing: Passing = { number, method, path, body: body.toString(), change, changeNumber: changes }
    const { effected, kill, fate: decide } = director
    const fate = decide(passing)
    counts.set(fate, (counts.get(fate) ?? 0) + 1)
    if (fate === 'reset') return request.socket.resetAndDestroy() as unknown as void
    if (fate === 'stall') return undefined
    if (fate === 'before') return kill?.()
    if (fate === 'gone') kill?.()
    const forwarded = await forward(upstream, request, body)
    effected?.(passing)
    if (fate === 'gone' || fate === 'stall-after') return undefined
    if (fate === 'reset-after') return request.socket.resetAndDestroy() as unknown as void
    if (fate === 'effect') return kill?.()
    if (fate === 'half') return writeHalf(response, forwarded, () => kill?.())
    if (fate === 'reset-in-response') return writeHalf(response, forwarded, () => request.socket.resetAndDestroy())
    if (fate === 'cut') return writeHalf(response, forwarded, () => request.socket.end())
    if (fate === 'drip') return drip(response, forwarded)
    response.writeHead(forwarded.status, forwarded.headers)
    response.end(forwarded.body, () => {
      if (fate === 'responded') kill?.()
      if (fate === 'close') request.socket.destroy()
    })
    return undefined
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => request.socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    /** Uses another director, and counts from the beginning. */
    direct(next: Director) {
      director = next
      ;[number, changes] = [0, 0]
    },
    passed: () => ({ requests: number, changes }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
