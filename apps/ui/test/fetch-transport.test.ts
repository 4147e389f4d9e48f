// The transport over HTTP uses the table of operations, and turns failures into sentences.

import { afterEach, describe, expect, it, vi } from 'vitest'
import { createClient } from '../src/host/client'
import { fetchTransport } from '../src/host/fetch-transport'
import { Problem } from '../src/host/problem'

type Sent = readonly [url: string, init: RequestInit]

/** A server that returns the same response each time, and the requests that it received. */
function respondingWith(status: number, body: unknown): Sent[] {
  const sent: Sent[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push([url, init])
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
  })
  return sent
}
afterEach(() => vi.unstubAllGlobals())
const { carry } = fetchTransport

describe('a request', () => {
  it('has the method and the path of its operation, with its params', async () => {
    const sent = respondingWith(200, {})
    await carry('showPlan', { params: { id: 'a/b c' } })
    expect(sent[0]?.[0]).toBe('./api/plans/a%2Fb%20c')
    expect(sent[0]?.[1].method ?? 'GET').toBe('GET')
  })

  it('has the query, without undefined values', async () => {
    const sent = respondingWith(200, {})
    await carry('accounts', { query: { search: 'Ann & Bob', limit: 50, site: undefined, managed: true } })
    expect(sent[0]?.[0]).toBe('./api/accounts?search=Ann+%26+Bob&limit=50&managed=true')
  })

  it('that makes a change is JSON, with or without a body', async () => {
    const sent = respondingWith(200, {})
    await carry('setLimits', { body: { take: 8 } })
    await carry('stop')
    expect(sent.map(([, { method, body }]) => [method, body])).toEqual([
      ['PATCH', '{"take":8}'],
      ['POST', undefined],
    ])
    for (const [, { headers }] of sent) expect(headers).toMatchObject({ 'content-type': 'application/json' })
  })
})

describe('a response', () => {
  it('contains a value', async () => {
    respondingWith(201, { planId: 'p' })
    expect(await carry('plan', { body: { policy: 'x' } })).toEqual({ value: { planId: 'p' } })
  })

  it('may be a refusal, which is not an error', async () => {
    const refusals = [{ code: 'too-many', message: 'Too many.' }]
    respondingWith(409, { refusals })
    expect(await carry('approve', { params: { id: 'p' }, body: {} })).toEqual({ refused: { refusals } })
  })

  it('with an error becomes an Error with its sentence and code', async () => {
    respondingWith(502, { error: { code: '5', message: 'Atlassian cannot be reached.' } })
    const failure = await carry('overview').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Problem)
    expect(failure).toMatchObject({ code: '5', message: 'Atlassian cannot be reached.' })
  })

  it('without an error becomes an Error with its status', async () => {
    respondingWith(503, '<html>a proxy</html>')
    await expect(carry('overview')).rejects.toThrow('The Rollcall server responded with status 503.')
  })

  it('that is not an overview becomes an error', async () => {
    respondingWith(200, '<html>a sign-in page</html>')
    await expect(createClient(fetchTransport).overview()).rejects.toThrow('sent an unexpected response')
  })

  it('that never arrives becomes an error with the next step', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(carry('overview')).rejects.toThrow('The Rollcall server cannot be reached. Check that it is running.')
  })
})

it('an aborted request ends without an error about the server', async () => {
  vi.stubGlobal(
    'fetch',
    (_: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
  )
  const leaving = new AbortController()
  const request = carry('sync', {}, leaving.signal)
  leaving.abort(new Error('left'))
  await expect(request).rejects.toThrow('left')
})

describe('connecting', () => {
  it('sends the keys once, to the path of the connection', async () => {
    const sent = respondingWith(200, { organizationId: 'o' })
    await createClient(fetchTransport).connecting?.connect({ organizationId: 'o', readKey: 'secret' })
    expect(sent.map(([url, { method }]) => [url, method])).toEqual([['./api/connection', 'PUT']])
    expect(sent[0]?.[1].body).toBe('{"organizationId":"o","readKey":"secret"}')
  })

  it('distinguishes a connection from the environment from no connection', async () => {
    respondingWith(200, { elsewhere: true })
    expect(await createClient(fetchTransport).connecting?.connection()).toEqual({ elsewhere: true })
    respondingWith(200, null)
    expect(await createClient(fetchTransport).connecting?.connection()).toBeNull()
  })
})
