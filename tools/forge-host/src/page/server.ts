// The page on loopback HTTP: Jira's frame, the app in it, and the bridge between the app and the host.

import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isDoc } from '../platform/call.js'
import { createBridge, type BridgeOptions } from './bridge.js'
import { cspOf } from './csp.js'
import { readPageFile } from './files.js'
import { frameCsp, frameOf, frameStyle } from './frame.js'

export interface PageOptions extends BridgeOptions {
  readonly port: number
}

const shim = readFileSync(new URL('./bridge-shim.js', import.meta.url), 'utf8')
const mostBytes = 8 * 1024 * 1024

async function textOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += (chunk as Buffer).length
    if (length <= mostBytes) chunks.push(chunk as Buffer)
  }
  return length > mostBytes ? undefined : Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array, csp?: string): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(csp === undefined ? {} : { 'content-security-policy': csp }),
  })
  response.end(body)
}
const sendJson = (response: ServerResponse, status: number, body: unknown) =>
  send(response, status, 'application/json', JSON.stringify(body))

/** Starts the page on 127.0.0.1. */
export async function startPage(options: PageOptions) {
  const { manifest, note, port } = options
  const bridge = createBridge(options)
  const csp = cspOf(manifest)
  let hosts: readonly string[] = []

  /** Accepts requests of this page only, not of other pages in the browser. */
  function isForeign({ headers }: IncomingMessage): boolean {
    const { host = '', origin } = headers
    if (!hosts.includes(host) || (origin !== undefined && origin !== `http://${host}`)) return true
    return !['same-origin', 'none', undefined].includes(headers['sec-fetch-site'] as string | undefined)
  }

  async function serveBridge(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isForeign(request)) return sendJson(response, 403, { message: 'The bridge serves only its own page' })
    if (request.method !== 'POST' || !/^application\/json\b/.test(request.headers['content-type'] ?? ''))
      return sendJson(response, 415, { message: 'POST JSON' })
    const text = await textOf(request)
    if (text === undefined) return sendJson(response, 413, { message: 'Too long' })
    let call: unknown
    try {
      call = JSON.parse(text)
    } catch {
      return sendJson(response, 400, { message: 'No JSON' })
    }
    if (!isDoc(call)) return sendJson(response, 400, { message: 'No JSON object' })
    const { status, body } = await bridge(call['command'], call['payload'])
    return sendJson(response, status, body)
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/')
    if (path === '/bridge') return serveBridge(request, response)
    if (!hosts.includes(request.headers.host ?? '')) return send(response, 403, 'text/plain', 'Wrong host')
    if (path === '/app') return void response.writeHead(308, { location: '/app/' }).end()
    if (path === '/') return send(response, 200, 'text/html; charset=utf-8', frameOf(manifest), frameCsp)
    if (path === '/frame.css') return send(response, 200, 'text/css', frameStyle)
    if (path === '/bridge.js') return send(response, 200, 'text/javascript; charset=utf-8', shim)
    const inApp = path.startsWith('/app/') && manifest.page !== undefined
    const file = inApp ? readPageFile(manifest.page.folder, path.slice('/app/'.length)) : undefined
    if (file === undefined) return send(response, 404, 'text/plain', 'Not found')
    return send(response, 200, file.type, file.bytes, csp)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((failure: unknown) => {
      note('bridge', `the host could not respond to the page: ${String(failure)}`)
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, { message: String(failure) })
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const bound = (server.address() as AddressInfo).port
  hosts = [`127.0.0.1:${bound}`, `localhost:${bound}`]
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${bound}/`, close }
}
