// A proxy on the way to Atlassian: the server uses the one that the environment names, and says when it is the trouble.

import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect as connectSocket, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { atlassianFetch } from '../src/atlassian-fetch.js'

/** Makes the certificate; Node itself cannot. */
const openssl = 'openssl'
const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  open.push(() => void server.close())
  return (server.address() as AddressInfo).port
}

/** A proxy that notes what it is asked for, and leads every tunnel to one port or refuses it with a status. */
async function startProxy(to: number | { readonly status: number }) {
  const asked: { readonly target: string | undefined; readonly authorization: string | undefined }[] = []
  const server = createHttpServer()
  server.on('connect', ({ url, headers }: IncomingMessage, socket) => {
    asked.push({ target: url, authorization: headers['proxy-authorization'] })
    if (typeof to !== 'number') return void socket.end(`HTTP/1.1 ${to.status} No\r\n\r\n`)
    const upstream = connectSocket(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  return { asked, port: await portOf(server) }
}

/** Atlassian with a certificate that only this test trusts. */
async function startAtlassian(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-proxy-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-nodes', '-days', '2', '-subj', '/CN=api.atlassian.com']
  execFileSync(openssl, ['req', '-x509', '-newkey', 'rsa:2048', '-keyout', key, '-out', cert, ...subject], {
    stdio: 'ignore',
  })
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
    response.end('{"from":"atlassian"}'),
  )
  rmSync(folder, { recursive: true })
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
  open.push(() => {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
  })
  return portOf(server)
}

const given = () => ({ method: 'GET', headers: {}, redirect: 'error' as const, signal: new AbortController().signal })
const atlassian = 'https://api.atlassian.com/admin/v1/orgs'

it.each(['HTTPS_PROXY', 'https_proxy'])('requests to Atlassian go through the proxy of %s', async (name) => {
  const { asked, port } = await startProxy(await startAtlassian())
  const response = await atlassianFetch({ [name]: `http://mia:s3cret@127.0.0.1:${port}` })(atlassian, given())
  expect(await response.text()).toBe('{"from":"atlassian"}')
  const authorization = `Basic ${Buffer.from('mia:s3cret').toString('base64')}`
  expect(asked).toEqual([{ target: 'api.atlassian.com:443', authorization }])
})

it.each(['example.com,127.0.0.1', '*', '.0.0.1'])('a host in NO_PROXY is reached without it: %s', async (list) => {
  const [{ asked, port }, server] = [await startProxy({ status: 502 }), await startAtlassian()]
  const environment = { HTTPS_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: list }
  const response = await atlassianFetch(environment)(`https://127.0.0.1:${server}/`, given())
  expect(await response.text()).toBe('{"from":"atlassian"}')
  expect(asked).toEqual([])
})

it('a proxy that cannot be reached, or refuses, is named without its password', async () => {
  const refusing = await startProxy({ status: 407 })
  for (const [port, why] of [
    [refusing.port, 'it responded with 407'],
    [1, 'ECONNREFUSED'],
  ] as const) {
    const request = atlassianFetch({ HTTPS_PROXY: `http://mia:s3cret@127.0.0.1:${port}` })(atlassian, given())
    const failure: unknown = await request.catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'unavailable', effect: 'none' })
    const { message } = failure as Error
    expect(message).toContain(`through the proxy http://127.0.0.1:${port} (${why})`)
    expect(JSON.stringify([failure, message])).not.toContain('s3cret')
  }
})

it.each(['proxy.example.com:3128', 'socks5://mia:s3cret@proxy.example.com', '://s3cret'])(
  'an address that is no HTTP proxy is refused without showing it: %s',
  (address) => {
    const start = () => atlassianFetch({ HTTPS_PROXY: address })
    expect(start).toThrow('HTTPS_PROXY is not the address of an HTTP proxy')
    expect(start).not.toThrow('s3cret')
  },
)
