// A gate in front of Atlassian: it delays a change, so that a test can act while the change is in flight.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

const dropped = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding']

/** Starts the gate. The first change waits until the test calls `open`. */
export async function startGate(to: string) {
  const changes: string[] = []
  let [open, arrive]: (() => void)[] = []
  const opened = new Promise<void>((resolve) => (open = resolve))
  const waiting = new Promise<void>((resolve) => (arrive = resolve))
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request
    const body = await buffer(request)
    if (url === '/admin/v1/orgs/another')
      return response.end(JSON.stringify({ data: { id: 'another', attributes: { name: 'Another' } } }))
    if (method === 'DELETE') {
      changes.push(url)
      arrive?.()
      await opened
    }
    const sent = Object.entries(headers).filter(([name]) => !dropped.includes(name)) as [string, string][]
    const upstream = await fetch(`${to}${url}`, { method, headers: sent, ...(body.length > 0 ? { body } : {}) })
    const kept = [...upstream.headers].filter(([name]) => !/^(content-|transfer-|connection|keep-alive)/.test(name))
    response.writeHead(upstream.status, { ...Object.fromEntries(kept), 'content-type': 'application/json' })
    return response.end(Buffer.from(await upstream.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The changes that arrived at the gate. */
    changes: changes as readonly string[],
    /** Resolves when the first change waits at the gate. */
    waiting,
    open: () => open?.(),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
