// A proxy between Rollcall and the simulator that fails as networks do: per request, on command, with the sockets in hand.

import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** One request on its way, counted from 1 since the last `reset`. */
export interface Passing {
  readonly number: number
  readonly method: string
  readonly path: string
  readonly body: string
  /** Whether it may change something at Atlassian. */
  readonly change: boolean
  /** Its number among those that may change something. */
  readonly changeNumber: number
}

/**
 * What becomes of a request. `reset` breaks the connection before it is forwarded, `reset-after` when its effect has
 * happened, `reset-in-answer` in the middle of the answer's body; `cut` ends the answer early; `stall` and
 * `stall-after` never answer, without or with the effect; `drip` answers a few bytes at a time; `close` answers and
 * closes the connection that the client would use again.
 */
export type Fate =
  | 'pass'
  | 'reset'
  | 'reset-after'
  | 'reset-in-answer'
  | 'cut'
  | 'stall'
  | 'stall-after'
  | 'drip'
  | 'close'

/** Where in a request the process is killed. `gone` kills it while the request travels on; `answered` when it is done. */
export const moments = ['before', 'gone', 'effect', 'half', 'answered'] as const
export type Moment = (typeof moments)[number]

export interface Director {
  /** Decides when the whole request has arrived. */
  fate(passing: Passing): Fate | Moment
  /** The simulator has answered; nothing of it has been passed on. */
  effected?(passing: Passing): void
  /** Kills the process, at once. */
  kill?(): void
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function forward(url: string, { method, headers, url: path }: IncomingMessage, body: Buffer): Promise<Answer> {
  const outgoing = ask(`${url}${path}`, { method, headers: { ...headers, host: new URL(url).host }, agent: false })
  outgoing.end(body)
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await bodyOf(answer) }
}

const isChange = (method: string, path: string): boolean =>
  method !== 'GET' && !/\/(search|workspaces)(\?|$)/.test(path)

/** The head tells the whole length; half of the body follows. */
function writeHalf(response: ServerResponse, { status, headers, body }: Answer, then: () => void): void {
  // What has no body is broken within its head instead.
  if (body.length < 2) {
    response.socket?.write(`HTTP/1.1 ${status} `, then)
    return
  }
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.write(body.subarray(0, Math.floor(body.length / 2)), then)
}

async function drip(response: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  response.writeHead(status, headers)
  const piece = Math.max(1, Math.ceil(body.length / 8))
  for (let from = 0; from < body.length; from += piece) {
    response.write(body.subarray(from, from + piece))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  response.end()
}

/** Starts a proxy to `upstream` on 127.0.0.1; `counts` says how often each fate struck. */
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
    const answer = await forward(upstream, request, body)
    effected?.(passing)
    if (fate === 'gone' || fate === 'stall-after') return undefined
    if (fate === 'reset-after') return request.socket.resetAndDestroy() as unknown as void
    if (fate === 'effect') return kill?.()
    if (fate === 'half') return writeHalf(response, answer, () => kill?.())
    if (fate === 'reset-in-answer') return writeHalf(response, answer, () => request.socket.resetAndDestroy())
    if (fate === 'cut') return writeHalf(response, answer, () => request.socket.end())
    if (fate === 'drip') return drip(response, answer)
    response.writeHead(answer.status, answer.headers)
    response.end(answer.body, () => {
      if (fate === 'answered') kill?.()
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
    /** Counts anew, under another director. */
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
