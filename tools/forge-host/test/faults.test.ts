// Faults on demand, as the real packages see them.

import { describe, expect, it } from 'vitest'
import type { Fault, ForgeHostOptions } from '../src/index.js'
import { closeAfterEach, sqlServer, startProbe, startWorld, withoutSql } from './probe.js'

closeAfterEach()
const start = (faults: readonly Fault[], options: Partial<ForgeHostOptions> = {}) => startProbe({ ...options, faults })
const set = { key: 'k', value: 1 }

it('every n-th call fails, up to a given number of times', async () => {
  const { ask, host } = await start([{ on: 'kvs', kind: 'rate-limited', every: 2, times: 2 }])
  const codes = []
  for (let time = 0; time < 7; time += 1) codes.push((await ask('kvsSet', set)).thrown?.['code'])
  const limited = 'RATE_LIMIT_EXCEEDED'
  expect(codes).toEqual([undefined, limited, undefined, limited, undefined, undefined, undefined])
  expect(host.counts().faults).toEqual({ 'rate-limited': 2 })
})

it('only calls of the given path fail', async () => {
  const { ask } = await start([{ on: 'kvs', kind: 'error', every: 1, path: '/secret/' }])
  expect((await ask('kvsSet', set)).thrown).toBeUndefined()
  expect((await ask('secretSet', set)).thrown).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
})

it('a call fails before its work is done, or after it', async () => {
  const { ask, host } = await start([{ on: 'kvs', kind: 'error', every: 1 }])
  await ask('kvsSet', set)
  expect(host.kvs.get('k')).toBeUndefined()
  host.setFaults([{ on: 'kvs', kind: 'error', every: 1, afterEffect: true }])
  expect((await ask('kvsSet', set)).thrown).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
  expect(host.kvs.get('k')?.value).toBe(1)
})

it('a connection is cut after the work, or before it', async () => {
  const { ask, host } = await start([{ on: 'kvs', kind: 'cut', every: 1, afterEffect: false }])
  expect((await ask('kvsSet', set)).thrown).toMatchObject({ name: 'TypeError', message: 'fetch failed' })
  expect(host.kvs.get('k')).toBeUndefined()
  host.setFaults([{ on: 'kvs', kind: 'cut', every: 1 }])
  expect((await ask('kvsSet', set)).thrown).toMatchObject({ message: 'fetch failed' })
  expect(host.kvs.get('k')?.value).toBe(1)
})

it('a call without a response blocks its function until the time-out, although the call took effect', async () => {
  const { host } = await start([{ on: 'kvs', kind: 'time-out', every: 1 }], { limits: { resolverSeconds: 2 } })
  await expect(host.resolve('kvsSet', set)).rejects.toMatchObject({ code: 'FUNCTION_TIME_OUT' })
  expect(host.kvs.get('k')?.value).toBe(1)
})

it('Jira, the queue and external addresses fail the same way', async () => {
  const world = await startWorld((_, __, response) => response.end('ok'))
  const { ask } = await start(
    [
      { on: 'jira', kind: 'error', every: 1 },
      { on: 'events', kind: 'rate-limited', every: 1 },
      { on: 'egress', kind: 'rate-limited', every: 1 },
    ],
    { egress: { 'https://api.atlassian.com': world } },
  )
  expect(await ask('jira', { path: '/rest/api/3/myself' })).toMatchObject({ value: { status: 500 } })
  expect((await ask('push', { events: { body: {} } })).thrown).toMatchObject({ kind: 'RateLimitError' })
  expect(await ask('fetch', { url: 'https://api.atlassian.com/' })).toMatchObject({ value: { status: 429 } })
})

describe.skipIf(withoutSql)('SQL', () => {
  it('fails the same way, also after a write has taken effect', async () => {
    const { ask, host } = await start([], { ...(sqlServer && { sql: sqlServer }) })
    await ask('ddl', { query: 'CREATE TABLE t (id INT)' })
    host.setFaults([{ on: 'sql', kind: 'cut', every: 1 }])
    expect((await ask('sql', { query: 'INSERT INTO t VALUES (1)' })).thrown).toMatchObject({ message: 'fetch failed' })
    expect(await host.database?.query('SELECT * FROM t')).toEqual([{ id: 1 }])
    host.setFaults([{ on: 'sql', kind: 'error', every: 1 }])
    expect((await ask('sql', { query: 'SELECT 1' })).thrown).toMatchObject({ code: 'UNKNOWN_ERROR' })
  })
})

describe('deliveries', () => {
  it('happen twice at the same time, and the job counts one', async () => {
    const { ask, host } = await start([{ on: 'delivery', kind: 'duplicate', every: 2 }])
    const { value } = await ask('push', { events: [{ body: {} }, { body: {} }] })
    await host.idle()
    expect(host.counts().events).toMatchObject({ delivered: 3, duplicated: 1, succeeded: 2 })
    expect(await ask('stats', value)).toMatchObject({ value: { success: 2, inProgress: 0 } })
  })

  it('get lost, and stay in progress for ever', async () => {
    const { ask, host } = await start([{ on: 'delivery', kind: 'lost', every: 2 }])
    const { value } = await ask('push', { events: [{ body: {} }, { body: {} }] })
    await host.idle()
    expect(host.counts().events).toMatchObject({ delivered: 1, lost: 1 })
    expect(await ask('stats', value)).toMatchObject({ value: { success: 1, inProgress: 1, failed: 0 } })
  })
})

describe('ticks', () => {
  it('come twice', async () => {
    const { host } = await start([{ on: 'tick', kind: 'duplicate', every: 1 }])
    await host.tick().catch(() => undefined)
    expect(host.counts().functions['scheduled']?.invocations).toBe(2)
  })

  it('do not come', async () => {
    const { host } = await start([{ on: 'tick', kind: 'lost', every: 1 }])
    expect(await host.tick()).toBeUndefined()
    expect(host.counts().functions['scheduled']).toBeUndefined()
  })
})

describe('triggers', () => {
  it('fire by the clock: first after five minutes, then at their interval', async () => {
    const { host } = await start([], { schedule: true })
    const fired = () => host.counts().functions['scheduled']?.invocations ?? 0
    host.advance(4 * 60_000)
    await host.idle()
    expect(fired()).toBe(0)
    host.advance(2 * 60_000)
    await host.idle()
    expect(fired()).toBe(1)
    host.advance(2 * 3_600_000)
    await host.idle()
    expect(fired()).toBe(3)
  })
})

it('the count begins after a given number of calls, so that several faults take turns', async () => {
  const { ask } = await start([
    { on: 'kvs', kind: 'rate-limited', every: 2, after: 0 },
    { on: 'kvs', kind: 'error', every: 2, after: 1 },
  ])
  const codes = []
  for (let time = 0; time < 5; time += 1) codes.push((await ask('kvsSet', set)).thrown?.['code'])
  const [limited, error] = ['RATE_LIMIT_EXCEEDED', 'INTERNAL_SERVER_ERROR']
  expect(codes).toEqual([undefined, limited, error, limited, error])
})
