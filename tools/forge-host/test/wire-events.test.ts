// The protocol of the queue: publish, stats and cancel with the real package, and what consumers receive.

import { beforeAll, describe, expect, it } from 'vitest'
import { closeAfterAll, startProbe } from './probe.js'

closeAfterAll()
let { host, ask } = {} as Awaited<ReturnType<typeof startProbe>>
beforeAll(async () => {
  ;({ host, ask } = await startProbe({ accountId: 'ada', license: { isActive: true } }))
})
const push = async (events: unknown, more: object = {}) => {
  const { value, thrown } = await ask('push', { events, ...more })
  return { thrown, jobId: (value as { jobId?: string } | undefined)?.jobId }
}
const deliveries = () =>
  host.kvs
    .keys()
    .filter((key) => key.startsWith('deliveries:'))
    .map((key) => host.kvs.get(key)?.value as { event: Record<string, unknown>; context: Record<string, unknown> })

describe('events', () => {
  it('are delivered with their queue, job, id and body, and without an account', async () => {
    const { jobId } = await push({ body: { n: 1 }, concurrency: { key: 'k', limit: 2 } })
    await host.idle()
    const [delivery] = deliveries()
    expect(delivery?.event).toEqual({
      body: { n: 1 },
      concurrency: { key: 'k', limit: 2 },
      queueName: 'probe-queue',
      jobId,
      eventId: expect.any(String) as string,
    })
    expect(delivery?.context).toMatchObject({ license: { isActive: true }, installation: { contexts: [{}] } })
    expect(delivery?.context).not.toHaveProperty('principal')
  })

  it('are counted in their job', async () => {
    const { jobId } = await push([{ body: {} }, { body: { run: 'fail' } }])
    await host.idle()
    expect(await ask('stats', { jobId })).toEqual({ value: { success: 1, inProgress: 0, failed: 1 } })
  })

  it('that wait are not delivered after their job is cancelled', async () => {
    const before = host.counts().events.delivered
    const { jobId } = await push({ body: {}, delayInSeconds: 60 })
    expect(await ask('stats', { jobId })).toMatchObject({ value: { inProgress: 1 } })
    expect(await ask('cancel', { jobId })).toEqual({ value: null })
    expect(await ask('stats', { jobId })).toMatchObject({ value: { inProgress: 0 } })
    await host.idle(1000)
    host.advance(61_000)
    await host.idle()
    expect(host.counts().events.delivered).toBe(before)
  })

  it('have no job without a push', async () => {
    for (const operation of ['stats', 'cancel'])
      expect((await ask(operation, { jobId: 'unheard-of' })).thrown).toMatchObject({ kind: 'JobDoesNotExistError' })
  })

  it('are refused for a queue that has no consumer', async () => {
    expect((await push({ body: {} }, { queue: 'nobody' })).thrown).toMatchObject({
      kind: 'InternalServerError',
      errorCode: 'INVALID_QUEUE',
    })
  })

  it('that are partly refused are listed one by one', async () => {
    host.setFaults([{ on: 'events', kind: 'partial', every: 1 }])
    const { thrown } = await push([{ body: { n: 1 } }, { body: { n: 2 } }])
    host.setFaults([])
    expect(thrown).toMatchObject({
      kind: 'PartialSuccessError',
      failedEvents: [{ payload: { body: { n: 2 } } }],
      result: { jobId: expect.any(String) as string },
    })
    await host.idle()
    const { jobId } = (thrown as { result: { jobId: string } }).result
    expect(await ask('stats', { jobId })).toEqual({ value: { success: 1, inProgress: 0, failed: 0 } })
  })
})
