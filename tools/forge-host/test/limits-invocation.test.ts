// The limits of an invocation: time, memory, payloads, rates, log lines and external requests. The host survives all of them.

import { describe, expect, it } from 'vitest'
import type { ForgeHost, Limits } from '../src/index.js'
import { atStartOf, closeAfterEach, startProbe, startWorld } from './probe.js'

closeAfterEach()
const start = (limits: Partial<Limits> = {}, more: object = {}) => startProbe({ limits, ...more })
const failureOf = (host: ForgeHost, operation: string, payload: unknown = {}): Promise<unknown> =>
  host.resolve(operation, payload).catch((thrown: unknown) => thrown)

describe('time', () => {
  it('ends a function that waits, and one that blocks its thread', async () => {
    const { host, ask } = await start({ resolverSeconds: 1.5 })
    const late = { code: 'FUNCTION_TIME_OUT', functionKey: 'resolver' }
    expect(await ask('sleep', { ms: 50 })).toEqual({ value: 'slept' })
    expect(await failureOf(host, 'sleep', { ms: 5000 })).toMatchObject(late)
    expect(await failureOf(host, 'spin')).toMatchObject(late)
    expect(await ask('sleep', { ms: 1 })).toEqual({ value: 'slept' })
    expect(host.counts().functions['resolver']).toMatchObject({ invocations: 4, timeouts: 2, errors: 0 })
    expect(host.counts().functions['resolver']?.longestMs).toBeLessThan(4000)
  })

  it('is longer for background functions that request it', async () => {
    const { host } = await start({ backgroundSeconds: 0.3 })
    expect(host.manifest.functions.get('consumer')?.timeoutSeconds).toBe(0.3)
    expect(host.manifest.functions.get('long')?.timeoutSeconds).toBe(900)
  })
})

describe('memory', () => {
  it('ends only the function that needs more', async () => {
    const { host, ask } = await start()
    const other = ask('sleep', { ms: 500 })
    expect(await failureOf(host, 'hoard')).toMatchObject({ code: 'FUNCTION_OUT_OF_MEMORY' })
    expect(await other).toEqual({ value: 'slept' })
    expect(host.counts().functions['resolver']).toMatchObject({ outOfMemory: 1 })
  })
})

describe('a function', () => {
  it('that ends its process fails without affecting others', async () => {
    const { host, ask } = await start()
    expect(await failureOf(host, 'exit')).toMatchObject({ code: 'FUNCTION_ERR' })
    expect(await ask('sleep', { ms: 1 })).toEqual({ value: 'slept' })
  })

  it('keeps module state when it is warm, and starts without it when it is cold', async () => {
    const warm = await start()
    expect([await warm.ask('loads'), await warm.ask('loads')]).toEqual([{ value: 1 }, { value: 2 }])
    const cold = await start({}, { warm: false })
    expect([await cold.ask('loads'), await cold.ask('loads')]).toEqual([{ value: 1 }, { value: 1 }])
  })

  it('sees the clock of the host, also when it moves during the invocation', async () => {
    const { host, ask } = await start()
    host.advance(7 * 24 * 3_600_000)
    const { value } = (await ask('time')) as { value: { now: number; made: number; text: string; given: string } }
    for (const seen of [value.now, value.made]) expect(Math.abs(seen - host.now())).toBeLessThan(5000)
    expect(Math.abs(Date.parse(value.text) - host.now())).toBeLessThan(5000)
    expect(value.given).toBe('1970-01-01T00:00:00.000Z')
  })

  it('costs its duration times its memory', async () => {
    const { host, ask } = await start()
    await ask('sleep', { ms: 200 })
    const { durationMs, gbSeconds, heapBytes } = host.counts().functions['resolver'] ?? {}
    expect(durationMs).toBeGreaterThan(190)
    expect(gbSeconds).toBeCloseTo(((durationMs ?? 0) / 1000) * 0.125, 9)
    expect(heapBytes).toBeGreaterThan(1_000_000)
  })
})

describe('payloads', () => {
  it('may be as large as the limit in both directions', async () => {
    const { host, ask } = await start({ invokeRequestBytes: 1000, invokeResponseBytes: 2000 })
    const payload = (bytes: number) => ({ a: 'x'.repeat(bytes - 8) })
    expect(await ask('loads', payload(1000))).toEqual({ value: 1 })
    expect(await failureOf(host, 'loads', payload(1001))).toMatchObject({ code: 'FUNCTION_ERR' })
    expect(await ask('big', { bytes: 2000 - 12 })).toHaveProperty('value')
    expect(await failureOf(host, 'big', { bytes: 2000 - 11 })).toMatchObject({ code: 'FUNCTION_ERR' })
    expect(host.counts().refused).toEqual({ invokeRequestBytes: 1, invokeResponseBytes: 1 })
  })
})

describe('rates', () => {
  it('are limited per user and per installation', async () => {
    const { host, ask } = await start({ invocationsPerUserMinute: 2, invocationsPerInstallMinute: 3 })
    await atStartOf(60_000, host, ask)
    const limited = { code: 'FUNCTION_PLATFORM_RATE_LIMITED' }
    await ask('loads')
    await ask('loads')
    expect(await failureOf(host, 'loads')).toMatchObject(limited)
    host.signIn('bob')
    await ask('loads')
    expect(await failureOf(host, 'loads')).toMatchObject(limited)
    host.advance(60_000)
    expect(await ask('loads')).toHaveProperty('value')
    expect(host.counts().refused).toEqual({ invocationsPerUserMinute: 1, invocationsPerInstallMinute: 1 })
  })
})

describe('log lines', () => {
  it('are kept up to the limit per minute, then silently dropped', async () => {
    const { host, ask } = await start({ logLinesPerRuntimeMinute: 5 })
    await ask('log', { lines: 5 })
    expect(host.counts().logs).toMatchObject({ lines: 5, dropped: 0 })
    await ask('log', { lines: 6, line: 'more' })
    expect(host.counts().logs).toMatchObject({ lines: 10, dropped: 1 })
    expect(host.log.filter(({ kind }) => kind === 'console').at(-1)).toMatchObject({ text: 'more 4', level: 'log' })
  })

  it('are kept up to a limit in bytes', async () => {
    const { host, ask } = await start({ logBytes: 100 })
    await ask('log', { lines: 3, line: 'x'.repeat(48) })
    expect(host.counts().logs).toMatchObject({ lines: 2, dropped: 1, bytes: 100 })
  })
})

describe('external requests', () => {
  it('are limited per minute of the time that a function may take', async () => {
    const world = await startWorld((_, __, response) => response.end('ok'))
    const more = { egress: { 'https://api.atlassian.com': world } }
    const { host, ask } = await start({ egressPerRuntimeMinute: 3 }, more)
    const [fine, refused] = [
      [200, null],
      [429, 'FETCH_LIMIT_EXCEEDED'],
    ]
    const payload = { url: 'https://api.atlassian.com/', times: 4 }
    expect(await ask('fetchTimes', payload)).toEqual({ value: [fine, fine, fine, refused] })
    expect(await ask('fetchTimes', { ...payload, times: 3 })).toEqual({ value: [fine, fine, fine] })
    await ask('push', {
      queue: 'probe-long-queue',
      events: { body: { run: 'fetchTimes', payload: { ...payload, times: 46 } } },
    })
    await host.idle()
    expect(host.counts().functions['long']).toMatchObject({ mostEgress: 46 })
    expect(host.counts().egress).toEqual({ requests: 3 + 3 + 45, refused: 2 })
  })

  it('time out when the response takes too long', async () => {
    const world = await startWorld(() => undefined)
    const { ask } = await start({ egressSeconds: 0.1 }, { egress: { 'https://api.atlassian.com': world } })
    expect(await ask('fetch', { url: 'https://api.atlassian.com/' })).toMatchObject({ value: { status: 504 } })
  })
})
