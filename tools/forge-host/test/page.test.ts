// The page over HTTP: Jira's frame, the app in it, its content policy, and a bridge that serves only this page.

import { request } from 'node:http'
import { beforeAll, describe, expect, it } from 'vitest'
import { closeAfterAll, startProbe } from './probe.js'

closeAfterAll()
let { host } = {} as Awaited<ReturnType<typeof startProbe>>
beforeAll(async () => {
  ;({ host } = await startProbe({ accountId: 'ada' }))
})
const get = (path: string) => fetch(new URL(path, host.url))
/** With node:http, because fetch does not allow another Host header. */
const post = (body: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
    const sent = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
    request(new URL('/bridge', host.url), sent, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as never }))
    })
      .on('error', reject)
      .end(body)
  })
const command = (name: string, payload?: unknown, headers?: Record<string, string>) =>
  post(JSON.stringify({ command: name, payload }), headers)

describe('the page', () => {
  it('is framed as in Jira: a heading, and a sandboxed frame with the app', async () => {
    const text = await (await get('/')).text()
    expect(text).toContain('<h1>Probe</h1>')
    expect(text).toMatch(/<iframe src="\/app\/"[^>]* sandbox="[^"]*allow-scripts/)
    expect(text).not.toContain('allow-top-navigation')
  })

  it('loads the bridge before any file of the app', async () => {
    const response = await get('/app/')
    expect(response.headers.get('content-type')).toContain('text/html')
    const text = await response.text()
    expect(text.indexOf('/bridge.js')).toBeGreaterThan(0)
    expect(text.indexOf('/bridge.js')).toBeLessThan(text.indexOf('./main.js'))
    expect((await get('/bridge.js')).status).toBe(200)
  })

  it('may load no foreign and run no inline content, except what the manifest declares', async () => {
    const csp = (await get('/app/')).headers.get('content-security-policy') ?? ''
    expect(csp).toContain("default-src 'self'")
    expect(csp).toContain("script-src 'self';")
    expect(csp).toContain("style-src 'self' 'unsafe-inline'")
    expect(csp).toContain("connect-src 'self';")
  })

  it('serves the files of its folder, and no others', async () => {
    expect(await (await get('/app/main.js')).text()).toContain('probed')
    for (const path of ['/app/none.js', '/app/..%2fmanifest.yml', '/app/%2e%2e/manifest.yml', '/other'])
      expect((await get(path)).status).toBe(404)
  })
})

describe('the bridge', () => {
  it('returns the context with the signed-in account', async () => {
    expect(await command('getContext')).toMatchObject({
      status: 200,
      body: { result: { accountId: 'ada', moduleKey: 'probe-page' } },
    })
  })

  it('invokes the resolver as the signed-in account, whatever the payload says', async () => {
    const told = await command('invoke', { functionKey: 'echo', payload: { n: 1 }, accountId: 'mallory' })
    expect(told.body).toMatchObject({ result: { value: { payload: { n: 1 }, context: { accountId: 'ada' } } } })
    host.signIn('bob')
    expect((await command('invoke', { functionKey: 'echo' })).body).toMatchObject({
      result: { value: { context: { accountId: 'bob' } } },
    })
    host.signIn('ada')
  })

  it('reports a failed invocation', async () => {
    expect(await command('invoke', { functionKey: 'throw', payload: { message: 'no' } })).toMatchObject({
      body: { code: 'FUNCTION_ERR', message: 'There was an error invoking the function - no' },
    })
  })

  it('requests Jira as the signed-in account', async () => {
    const fetchRequestInit = { method: 'GET', headers: [['accept', 'application/json']] }
    const payload = { product: 'jira', restPath: '/rest/api/3/myself', fetchRequestInit }
    const { body } = await command('fetchProduct', payload)
    expect(body).toMatchObject({ result: { status: 200, isAttachment: false } })
    expect(JSON.parse((body['result'] as { body: string }).body)).toMatchObject({ accountId: 'ada' })
    expect(await command('fetchProduct', { ...payload, product: 'confluence' })).toMatchObject({ status: 501 })
  })

  it('has no other commands', async () => {
    expect(await command('requestTeamworkGraph')).toMatchObject({ status: 501 })
  })

  it('serves only its own page', async () => {
    const own = new URL(host.url).host
    for (const headers of [
      { host: 'evil.example.com' },
      { origin: 'https://evil.example.com' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ])
      expect(await command('getContext', {}, headers as Record<string, string>)).toMatchObject({ status: 403 })
    expect(await command('getContext', {}, { origin: `http://${own}` })).toMatchObject({ status: 200 })
  })

  it('accepts only JSON', async () => {
    expect(await post('{"command":"getContext"}', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 })
    expect(await post('nothing')).toMatchObject({ status: 400 })
    expect(await post('[]')).toMatchObject({ status: 400 })
  })
})
