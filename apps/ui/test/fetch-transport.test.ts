// Over HTTP the page asks as the table of operations says, and hears sentences.

import { afterEach, describe, expect, it, vi } from 'vitest'
import { createClient } from '../src/host/client'
import { fetchTransport } from '../src/host/fetch-transport'
import { Problem } from '../src/host/problem'

type Sent = readonly [url: string, init: RequestInit]

/** A server that answers everything alike, and tells what was sent. */
function answering(status: number, body: unknown): Sent[] {
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
  it('has the method and the path of its operation, and its params in it', async () => {
    const sent = answering(200, {})
    await carry('showPlan', { params: { id: 'a/b c' } })
    expect(sent[0]?.[0]).toBe('./api/plans/a%2Fb%20c')
    expect(sent[0]?.[1].method ?? 'GET').toBe('GET')
  })

  it('has the query, without what is undefined', async () => {
    const sent = answering(200, {})
    await carry('accounts', { query: { search: 'Ann & Bob', limit: 50, site: undefined, managed: true } })
    expect(sent[0]?.[0]).toBe('./api/accounts?search=Ann+%26+Bob&limit=50&managed=true')
  })

  it('that changes something is JSON, with or without a body', async () => {
    const sent = answering(200, {})
    await carry('setLimits', { body: { take: 8 } })
    await carry('stop')
    expect(sent.map(([, { method, body }]) => [method, body])).toEqual([
      ['PATCH', '{"take":8}'],
      ['POST', undefined],
    ])
    for (const [, { headers }] of sent) expect(headers).toMatchObject({ 'content-type': 'application/json' })
  })
})

describe('an answer', () => {
  it('is a value', async () => {
    answering(201, { planId: 'p' })
    expect(await carry('plan', { body: { policy: 'x' } })).toEqual({ value: { planId: 'p' } })
  })

  it('may be a refusal, which is no error', async () => {
    const refusals = [{ code: 'too-many', message: 'Too many.' }]
    answering(409, { refusals })
    expect(await carry('approve', { params: { id: 'p' }, body: {} })).toEqual({ refused: { refusals } })
  })

  it('that says what went wrong becomes an error with that sentence and its code', async () => {
    answering(502, { error: { code: '5', message: 'Atlassian cannot be reached.' } })
    const failure = await carry('overview').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Problem)
    expect(failure).toMatchObject({ code: '5', message: 'Atlassian cannot be reached.' })
  })

  it('that says nothing becomes an error with its status', async () => {
    answering(503, '<html>a proxy</html>')
    await expect(carry('overview')).rejects.toThrow('The Rollcall server responded with status 503.')
  })

  it('that is no overview is not shown as one', async () => {
    answering(200, '<html>a sign-in page</html>')
    await expect(createClient(fetchTransport).overview()).rejects.toThrow('sent an unexpected response')
  })

  it('that does not come becomes an error with the next step', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(carry('overview')).rejects.toThrow('The Rollcall server cannot be reached. Check that it is running.')
  })
})

it('a request that nobody waits for any more ends, and is not called an unreachable server', async () => {
  vi.stubGlobal(
    'fetch',
    (_: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
  )
  const leaving = new AbortController()
  const asked = carry('sync', {}, leaving.signal)
  leaving.abort(new Error('left'))
  await expect(asked).rejects.toThrow('left')
})

describe('connecting', () => {
  it('sends the keys once, to the one address that is for them', async () => {
    const sent = answering(200, { organizationId: 'o' })
    await createClient(fetchTransport).connecting?.connect({ organizationId: 'o', readKey: 'secret' })
    expect(sent.map(([url, { method }]) => [url, method])).toEqual([['./api/connection', 'PUT']])
    expect(sent[0]?.[1].body).toBe('{"organizationId":"o","readKey":"secret"}')
  })

  it('is told apart from there being none, where the environment of the server decides', async () => {
    answering(200, { elsewhere: true })
    expect(await createClient(fetchTransport).connecting?.connection()).toBe('elsewhere')
    answering(200, null)
    expect(await createClient(fetchTransport).connecting?.connection()).toBeNull()
  })
})
