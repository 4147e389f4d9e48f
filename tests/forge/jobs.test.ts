// Background jobs that the page waits for: large requests, long waits, and events that arrive twice.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { betweenPolls } from '../between-polls.js'
import { ask } from './app.js'
import { withoutForge } from './host.js'
import { openForgeWorld } from './world.js'

const minute = 60_000

describe.skipIf(withoutForge)('inside Jira', () => {
  let world: Awaited<ReturnType<typeof openForgeWorld>>
  beforeEach(async () => {
    world = await openForgeWorld({ users: 60, now: new Date().toISOString() })
  })
  afterEach(() => world.close())

  it('a request can name ten thousand accounts, although an event carries at most 100 KB', async () => {
    const { host } = world
    const ids = Array.from({ length: 10_000 }, (_, at) => `712020:${String(at).padStart(36, '0')}`)
    // The last one is invalid, so the error shows that all of them arrived.
    const request = { body: { action: 'suspend-access', accounts: [...ids.slice(1), 'nobody at all'] } }
    expect(Buffer.byteLength(JSON.stringify(request))).toBeGreaterThan(450_000)
    host.resetCounts()
    await expect(ask(host, 'plan', request)).rejects.toThrow('accounts.9999: is not an account id')
    expect(host.counts()).toMatchObject({ refused: {}, events: { pushed: 1, failed: 0 } })
  })

  it('a job that waits for Atlassian does not count as lost, and continues only once when its event arrives twice', async () => {
    const { host, simulator } = world
    const fault = { kind: 'status', status: 429, headers: { 'retry-after': '840' }, times: 4 }
    await fetch(`${simulator.url}/_simulator/faults`, { method: 'POST', body: JSON.stringify(fault) })
    host.setFaults([{ on: 'delivery', kind: 'duplicate', every: 1 }])
    const from = host.now()
    const { job } = (await host.resolve('sync')) as { job: string }
    const kept = () => host.kvs.get(`job:${job}`)?.value as { state: string; turn?: number }
    const turns = new Set<number>()
    while (kept().state === 'waiting') {
      const { turn = 0 } = kept()
      if (turns.has(turn)) await betweenPolls()
      else expect(await host.resolve('job', { id: job })).not.toHaveProperty('error')
      turns.add(turn)
    }
    expect(await host.resolve('job', { id: job })).toHaveProperty('value')
    expect(host.now() - from).toBeGreaterThan(50 * minute)
    await host.idle()
    expect(host.counts().events.pushed).toBe(5)
  })
})
