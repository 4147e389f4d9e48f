// The limits of the queue: per push, per minute, per start, and of delays.

import { expect, it } from 'vitest'
import type { Limits } from '../src/index.js'
import { atStartOf, closeAfterEach, startProbe } from './probe.js'

closeAfterEach()
async function start(limits: Partial<Limits> = {}) {
  const { host, ask } = await startProbe({ limits: { invokeRequestBytes: 1_000_000, ...limits } })
  const kindOf = async (operation: string, payload: unknown) => (await ask(operation, payload)).thrown?.['kind']
  /** The response of the platform itself, without the package's own checks. */
  const rawStatus = async (events: unknown) =>
    ((await ask('pushRaw', { events })).value as { status: number } | undefined)?.status
  return { host, ask, kindOf, rawStatus }
}
const many = (count: number) => Array.from({ length: count }, () => ({ body: {} }))
const sized = (bytes: number) => ({ body: { a: 'x'.repeat(bytes - JSON.stringify({ body: { a: '' } }).length) } })

it('a push has 1 to 50 events', async () => {
  const { host, kindOf, rawStatus } = await start()
  expect(await kindOf('push', { events: many(50) })).toBeUndefined()
  expect(await kindOf('push', { events: many(51) })).toBe('TooManyEventsError')
  expect(await kindOf('push', { events: [] })).toBe('NoEventsToPushError')
  expect([await rawStatus(many(50)), await rawStatus(many(51)), await rawStatus([])]).toEqual([201, 400, 400])
  await host.idle()
})

it('a push has at most 200 KiB', async () => {
  const { host, kindOf, rawStatus } = await start()
  const all = (bytes: number) => [sized(bytes - 2)]
  expect(await kindOf('push', { events: all(200 * 1024) })).toBeUndefined()
  expect(await kindOf('push', { events: all(200 * 1024 + 1) })).toBe('PayloadTooBigError')
  expect([await rawStatus(all(200 * 1024)), await rawStatus(all(200 * 1024 + 1))]).toEqual([201, 413])
  const { kindOf: kindOfSmall } = await start({ pushBytes: 100 })
  expect(await kindOfSmall('push', { events: all(101) })).toBe('PayloadTooBigError')
  await host.idle()
})

it('an event for a function over 55 seconds has at most 100 KiB', async () => {
  const { host, ask } = await start()
  const push = (bytes: number) => ask('push', { queue: 'probe-long-queue', events: sized(bytes) })
  expect((await push(100 * 1024)).thrown).toBeUndefined()
  expect((await push(100 * 1024 + 1)).thrown).toMatchObject({ kind: 'PartialSuccessError' })
  await host.idle()
})

it('an installation pushes a limited number of events per minute', async () => {
  const { host, ask, kindOf } = await start({ eventsPerMinute: 5 })
  await atStartOf(60_000, host, ask)
  expect(await kindOf('push', { events: many(4) })).toBeUndefined()
  expect(await kindOf('push', { events: many(2) })).toBe('RateLimitError')
  expect(await kindOf('push', { events: many(1) })).toBeUndefined()
  host.advance(60_000)
  expect(await kindOf('push', { events: many(5) })).toBeUndefined()
  await host.idle()
})

it('one start leads to a limited number of pushes, including those from its events', async () => {
  const { host, kindOf } = await start({ pushesPerStart: 4 })
  expect(await kindOf('pushTimes', { times: 4 })).toBeUndefined()
  expect(await kindOf('pushTimes', { times: 5 })).toBe('InvocationLimitReachedError')
  await host.idle()
  host.resetCounts()
  const twice = { run: 'pushTimes', payload: { times: 2 } }
  await kindOf('push', { events: [{ body: twice }, { body: twice }] })
  await host.idle()
  expect(host.counts()).toMatchObject({ events: { pushes: 4, failed: 1 }, refused: { pushesPerStart: 1 } })
})

it('a delay is between 0 and 900 seconds', async () => {
  const { host, kindOf, rawStatus } = await start()
  const delayed = (delayInSeconds: number) => [{ body: {}, delayInSeconds }]
  expect(await kindOf('push', { events: delayed(900) })).toBeUndefined()
  expect(await kindOf('push', { events: delayed(901) })).toBe('InvalidPushSettingsError')
  expect([await rawStatus(delayed(900)), await rawStatus(delayed(901))]).toEqual([201, 202])
  host.advance(900_000)
  await host.idle()
})
