// Inside Jira the page asks by name, waits for what takes long, and hears sentences.

import { describe, expect, it } from 'vitest'
import { bridgeTransport, type Wait } from '../src/host/bridge-transport'
import { createClient } from '../src/host/client'
import { Problem } from '../src/host/problem'

/** A resolver that gives these answers in turn, the last one for ever; an error is thrown. */
function answering(...answers: readonly unknown[]) {
  const asked: unknown[] = []
  const waited: number[] = []
  const wait: Wait = async (ms, signal) => {
    signal?.throwIfAborted()
    waited.push(ms)
  }
  const transport = bridgeTransport(async (name, payload) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]
    asked.push([name, payload])
    if (answer instanceof Error) throw answer
    return answer
  }, wait)
  return { ...transport, transport, asked, waited }
}
const job = { job: 'j1' }

describe('an answer', () => {
  it('is a value, asked for by name with params, query and body', async () => {
    const { carry, asked } = answering({ value: { planId: 'p' } })
    const wanted = { params: { id: 'p' }, query: { limit: 1 }, body: { a: 1 } }
    expect(await carry('showPlan', wanted)).toEqual({ value: { planId: 'p' } })
    expect(asked).toEqual([['showPlan', wanted]])
  })

  it('may be a refusal, which is no error', async () => {
    const { carry } = answering({ refused: { refusals: [] } })
    expect(await carry('approve')).toEqual({ refused: { refusals: [] } })
  })

  it('that says what went wrong becomes an error with that sentence and its code', async () => {
    const { carry } = answering({ error: { code: 'forbidden', message: 'Only Jira administrators can use Rollcall.' } })
    const failure = await carry('overview').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Problem)
    expect(failure).toMatchObject({ code: 'forbidden', message: 'Only Jira administrators can use Rollcall.' })
  })

  it.each([undefined, null, 'text', 7, { error: {} }])('that is none (%j) becomes an error', async (answer) => {
    await expect(answering(answer).carry('overview')).rejects.toThrow('sent an unexpected response')
  })

  it('that does not come becomes an error with the next step, and nothing of what was sent', async () => {
    const { carryConnecting } = answering(new Error('There was an error invoking the function - secret'))
    const failure = (await carryConnecting?.('connect', { body: { readKey: 'secret' } }).catch(
      (error: unknown) => error,
    )) as Error
    expect(failure.message).toMatch(/^Rollcall did not respond\./)
    expect(failure.message).not.toContain('secret')
  })
})

describe('a job', () => {
  it('is asked for until it has ended, after a second at first and five at last', async () => {
    const { carry, asked, waited } = answering(job, job, job, job, job, job, { value: 'done' })
    expect(await carry('sync')).toEqual({ value: 'done' })
    expect(asked.slice(1)).toEqual(Array.from({ length: 6 }, () => ['job', { id: 'j1' }]))
    expect(waited).toEqual([1000, 1500, 2250, 3375, 5000, 5000])
  })

  it('may end with a refusal, or with an error', async () => {
    expect(await answering(job, { refused: {} }).carry('plan')).toEqual({ refused: {} })
    const failed = answering(job, { error: { code: 'lost', message: 'It got lost.' } })
    await expect(failed.carry('sync')).rejects.toThrow('It got lost.')
  })

  it('is not given up when a few questions in a row got no answer', async () => {
    const lost = new Error('Network')
    const four = answering(job, lost, lost, lost, lost, job, lost, lost, lost, lost, { value: 'done' })
    expect(await four.carry('sync')).toEqual({ value: 'done' })
  })

  it('is given up after five', async () => {
    const { carry, asked } = answering(job, new Error('Network'))
    await expect(carry('sync')).rejects.toThrow('Rollcall did not respond')
    expect(asked).toHaveLength(1 + 5)
  })

  it('is not asked for any more once nobody waits for it', async () => {
    const leaving = new AbortController()
    const { carry, asked } = answering(job)
    const waiting = bridgeTransport(async (name) => {
      asked.push(name)
      return job
    }).carry('sync', {}, leaving.signal)
    await Promise.resolve()
    leaving.abort(new Error('left'))
    await expect(waiting).rejects.toThrow('left')
    expect(asked).toEqual(['sync'])
    await expect(carry('sync', {}, leaving.signal)).rejects.toThrow('left')
  })
})

describe('connecting', () => {
  it('is offered: what is connected, connecting, and disconnecting', async () => {
    const { transport, asked } = answering({ value: null })
    const { connecting } = createClient(transport)
    expect(await connecting?.connection()).toBeNull()
    await connecting?.connect({ organizationId: 'o', readKey: 'r' })
    await connecting?.disconnect()
    expect(asked).toEqual([
      ['connection', {}],
      ['connect', { body: { organizationId: 'o', readKey: 'r' } }],
      ['disconnect', {}],
    ])
  })
})
