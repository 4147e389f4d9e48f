// A gate before Atlassian: a test holds a change there, and looks at what would come after it.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

const dropped = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding']

/** Starts it; the first change is held until `open` is called. */
export async function startGate(to: string) {
  const changes: string[] = []
  let [open, come]: (() => void)[] = []
  const opened = new Promise<void>((resolve) => (open = resolve))
  const held = new Promise<void>((resolve) => (come = resolve))
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request
    const body = await buffer(request)
    if (url === '/admin/v1/orgs/another')
      return response.end(JSON.stringify({ data: { id: 'another', attributes: { name: 'Another' } } }))
    if (method === 'DELETE') {
      changes.push(url)
      come?.()
      await opened
    }
    const sent = Object.entries(headers).filter(([name]) => !dropped.includes(name)) as [string, string][]
    const answer = await fetch(`${to}${url}`, { method, headers: sent, ...(body.length > 0 ? { body } : {}) })
    const kept = [...answer.headers].filter(([name]) => !/^(content-|transfer-|connection|keep-alive)/.test(name))
    response.writeHead(answer.status, { ...Object.fromEntries(kept), 'content-type': 'application/json' })
    return response.end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The changes that were sent. */
    changes: changes as readonly string[],
    /** Resolves when the first change is held. */
    held,
    open: () => open?.(),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
