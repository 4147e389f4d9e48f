// The transport inside Jira calls operations by name, polls background jobs, and turns failures into sentences.

import { describe, expect, it } from 'vitest'
import { bridgeTransport, type Wait } from '../src/host/bridge-transport'
import { createClient } from '../src/host/client'
import { Problem } from '../src/host/problem'

/** A resolver that returns these responses in turn and repeats the last one. It throws an error. */
function respondingWith(...responses: readonly unknown[]) {
  const requests: unknown[] = []
  const waited: number[] = []
  const wait: Wait = async (ms, signal) => {
    signal?.throwIfAborted()
    waited.push(ms)
  }
  const transport = bridgeTransport(async (name, payload) => {
    const response = responses[Math.min(requests.length, responses.length - 1)]
    requests.push([name, payload])
    if (response instanceof Error) throw response
    return response
  }, wait)
  return { ...transport, transport, requests, waited }
}
const job = { job: 'j1' }

describe('a response', () => {
  it('is the value of an operation, called by name with params, query and body', async () => {
    const { carry, requests } = respondingWith({ value: { planId: 'p' } })
    const wanted = { params: { id: 'p' }, query: { limit: 1 }, body: { a: 1 } }
    expect(await carry('showPlan', wanted)).toEqual({ value: { planId: 'p' } })
    expect(requests).toEqual([['showPlan', wanted]])
  })

  it('may be a refusal, which is not an error', async () => {
    const { carry } = respondingWith({ refused: { refusals: [] } })
    expect(await carry('approve')).toEqual({ refused: { refusals: [] } })
  })

  it('with an error becomes an Error with its sentence and code', async () => {
    const { carry } = respondingWith({
      error: { code: 'forbidden', message: 'Only Jira administrators can use Rollcall.' },
    })
    const failure = await carry('overview').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Problem)
    expect(failure).toMatchObject({ code: 'forbidden', message: 'Only Jira administrators can use Rollcall.' })
  })

  it.each([undefined, null, 'text', 7, { error: {} }])('that is invalid (%j) becomes an error', async (response) => {
    await expect(respondingWith(response).carry('overview')).rejects.toThrow('sent an unexpected response')
  })

  it('that never arrives becomes an error with the next step, without the sent data', async () => {
    const { carryConnecting } = respondingWith(new Error('There was an error invoking the function - secret'))
    const failure = (await carryConnecting?.('connect', { body: { readKey: 'secret' } }).catch(
      (error: unknown) => error,
    )) as Error
    expect(failure.message).toMatch(/^Rollcall did not respond\./)
    expect(failure.message).not.toContain('secret')
  })
})

describe('a job', () => {
  it('is polled until it ends, after one second at first and five seconds later', async () => {
    const { carry, requests, waited } = respondingWith(job, job, job, job, job, job, { value: 'done' })
    expect(await carry('sync')).toEqual({ value: 'done' })
    expect(requests.slice(1)).toEqual(Array.from({ length: 6 }, () => ['job', { id: 'j1' }]))
    expect(waited).toEqual([1000, 1500, 2250, 3375, 5000, 5000])
  })

  it('may end with a refusal, or with an error', async () => {
    expect(await respondingWith(job, { refused: {} }).carry('plan')).toEqual({ refused: {} })
    const failed = respondingWith(job, { error: { code: 'lost', message: 'It got lost.' } })
    await expect(failed.carry('sync')).rejects.toThrow('It got lost.')
  })

  it('survives four failed polls in a row', async () => {
    const lost = new Error('Network')
    const four = respondingWith(job, lost, lost, lost, lost, job, lost, lost, lost, lost, { value: 'done' })
    expect(await four.carry('sync')).toEqual({ value: 'done' })
  })

  it('fails after five failed polls in a row', async () => {
    const { carry, requests } = respondingWith(job, new Error('Network'))
    await expect(carry('sync')).rejects.toThrow('Rollcall did not respond')
    expect(requests).toHaveLength(1 + 5)
  })

  it('is no longer polled after an abort', async () => {
    const leaving = new AbortController()
    const { carry, requests } = respondingWith(job)
    const waiting = bridgeTransport(async (name) => {
      requests.push(name)
      return job
    }).carry('sync', {}, leaving.signal)
    await Promise.resolve()
    leaving.abort(new Error('left'))
    await expect(waiting).rejects.toThrow('left')
    expect(requests).toEqual(['sync'])
    await expect(carry('sync', {}, leaving.signal)).rejects.toThrow('left')
  })
})

describe('connecting', () => {
  it('reads the connection, connects and disconnects', async () => {
    const { transport, requests } = respondingWith({ value: null })
    const { connecting } = createClient(transport)
    expect(await connecting?.connection()).toBeNull()
    await connecting?.connect({ organizationId: 'o', readKey: 'r' })
    await connecting?.disconnect()
    expect(requests).toEqual([
      ['connection', {}],
      ['connect', { body: { organizationId: 'o', readKey: 'r' } }],
      ['disconnect', {}],
    ])
  })
})
