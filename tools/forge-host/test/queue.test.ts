// The queue: delays, retries, concurrency, and tests that do not wait.

import { expect, it } from 'vitest'
import type { ForgeHost, ForgeHostOptions } from '../src/index.js'
import { closeAfterEach, startProbe } from './probe.js'

closeAfterEach()
const retry = (retryAfter: number, retryData?: unknown) => ({ run: 'retry', payload: { retryAfter, retryData } })
interface Delivery {
  readonly body: Record<string, unknown>
  readonly retryContext?: Record<string, unknown>
}
const deliveriesOf = ({ kvs }: ForgeHost) =>
  kvs
    .keys()
    .filter((key) => key.startsWith('deliveries:'))
    .map((key) => {
      const { event } = (kvs.get(key) as { value: { event: Delivery } }).value
      return { at: Number(key.split(':')[1]), ...event }
    })
/** The seconds between the first two deliveries, rounded to tens, because a busy machine is a little late. */
function secondsBetween(host: ForgeHost): number {
  const [first, second] = deliveriesOf(host)
  return Math.floor(((second?.at ?? 0) - (first?.at ?? 0) + 1) / 10_000) * 10
}
const start = (options: Partial<ForgeHostOptions> = {}) => startProbe(options)

it('an event waits for its delay on the clock of the host', async () => {
  const { host, ask } = await start()
  await ask('push', { events: { body: {}, delayInSeconds: 60 } })
  host.advance(59_000)
  expect(host.counts().events.delivered).toBe(0)
  await expect(host.idle(20)).rejects.toThrow('1 delayed')
  host.advance(1500)
  await host.idle()
  expect(host.counts().events.delivered).toBe(1)
})

it('a short delay passes in real time', async () => {
  const { host, ask } = await start()
  await ask('push', { events: { body: {}, delayInSeconds: 1 } })
  await host.idle()
  expect(host.counts().events.delivered).toBe(1)
})

it('skipped delays run in their order, each at its time', async () => {
  const { host, ask } = await start({ skipDelays: true })
  const [started, real] = [host.now(), performance.now()]
  const events = [900, 300, 0].map((delayInSeconds) => ({ body: { delayInSeconds }, delayInSeconds }))
  await ask('push', { events })
  await host.idle()
  expect(performance.now() - real).toBeLessThan(10_000)
  const seen = deliveriesOf(host).map(({ at, body }) => [body['delayInSeconds'], Math.round((at - started) / 60_000)])
  expect(seen).toEqual([
    [0, 0],
    [300, 5],
    [900, 15],
  ])
})

it('an event that requests a retry gets at most four, each with the reason and its data', async () => {
  const { host, ask } = await start({ skipDelays: true })
  const { value } = await ask('push', { events: { body: retry(120, { page: 7 }) } })
  await host.idle()
  const contexts = deliveriesOf(host).map(({ retryContext }) => retryContext)
  expect(contexts).toEqual([
    undefined,
    ...[1, 2, 3, 4].map((retryCount) => ({
      retryCount,
      retryReason: 'FUNCTION_RETRY_REQUEST',
      retryData: { page: 7 },
    })),
  ])
  expect(secondsBetween(host)).toBe(120)
  expect(await ask('stats', value)).toMatchObject({ value: { success: 0, inProgress: 0, failed: 1 } })
  expect(host.counts().events).toMatchObject({ delivered: 5, retried: 4, failed: 1 })
})

it('a retry waits at most 900 seconds', async () => {
  const { host, ask } = await start({ skipDelays: true, limits: { retries: 1 } })
  await ask('push', { events: { body: retry(5000) } })
  await host.idle()
  expect(secondsBetween(host)).toBe(900)
})

it.each([
  ['at the limit of its data', { retryDataBytes: 22 }, 1],
  ['over the limit of its data', { retryDataBytes: 21 }, 0],
  ['over the limit of payload and data together', { retriedBytes: 40 }, 0],
])('a retry %s', async (_, limits, retried) => {
  const { host, ask } = await start({ skipDelays: true, limits: { retries: 1, ...limits } })
  await ask('push', { events: { body: retry(1, { a: 'x'.repeat(14) }) } })
  await host.idle()
  expect(host.counts().events).toMatchObject({ retried, failed: 1 })
})

it('an event whose function ran out of time or memory is retried; one whose function threw is not', async () => {
  const { host, ask } = await start({ skipDelays: true, limits: { backgroundSeconds: 0.6, retries: 1 } })
  await ask('push', { events: { body: { run: 'spin' } } })
  await host.idle()
  expect(host.counts().events).toMatchObject({ delivered: 2, retried: 1, failed: 1 })
  expect(deliveriesOf(host)[1]?.retryContext).toMatchObject({ retryReason: 'FUNCTION_TIME_OUT' })
  await ask('push', { events: { body: { run: 'fail' } } })
  await host.idle()
  expect(host.counts().events).toMatchObject({ delivered: 3, retried: 1, failed: 2 })
})

it('events of one key respect their concurrency limit, and all of them run in the end', async () => {
  const { host, ask } = await start({ skipDelays: true })
  const body = { run: 'sleep', payload: { ms: 50 } }
  await ask('push', { events: Array.from({ length: 4 }, () => ({ body, concurrency: { key: 'one', limit: 1 } })) })
  await host.idle()
  const { delivered, succeeded, refusedByConcurrency } = host.counts().events
  expect({ delivered, succeeded }).toEqual({ delivered: 4, succeeded: 4 })
  expect(refusedByConcurrency).toBeGreaterThanOrEqual(3)
  const starts = deliveriesOf(host).map(({ at }) => at)
  for (const [n, at] of starts.slice(1).entries()) expect(at - (starts[n] ?? 0)).toBeGreaterThanOrEqual(50)
})

it('a refused event waits twice as long each time, by the clock of the host', async () => {
  const { host, ask } = await start()
  const event = (body: object) => ({ body, concurrency: { key: 'one', limit: 1 } })
  await ask('push', { events: [event({ run: 'sleep', payload: { ms: 1500 } }), event({})] })
  expect(host.counts().events.refusedByConcurrency).toBe(1)
  host.advance(1100)
  expect(host.counts().events.refusedByConcurrency).toBe(2)
  host.advance(1100)
  expect(host.counts().events.refusedByConcurrency).toBe(2)
  host.advance(1000)
  expect(host.counts().events.refusedByConcurrency).toBe(3)
  for (const until = Date.now() + 5000; host.counts().events.succeeded === 0;)
    if (Date.now() > until) throw new Error('The first event did not end')
    else await new Promise((resolve) => setImmediate(resolve))
  host.advance(4100)
  await host.idle()
  expect(host.counts().events.succeeded).toBe(2)
})

it('the number of events that run at a time stays within the option', async () => {
  const { host, ask } = await start({ parallel: 1 })
  const body = { run: 'sleep', payload: { ms: 50 } }
  await ask('push', { events: [{ body }, { body }, { body }] })
  await host.idle()
  const starts = deliveriesOf(host).map(({ at }) => at)
  for (const [n, at] of starts.slice(1).entries()) expect(at - (starts[n] ?? 0)).toBeGreaterThanOrEqual(50)
})
