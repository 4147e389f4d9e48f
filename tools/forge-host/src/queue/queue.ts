// The queue behind the events: delays, concurrency, delivery at least once, retries, and the counts of each job.

import { randomUUID } from 'node:crypto'
import type { HostClock } from '../clock.js'
import type { Counts } from '../limits/counts.js'
import { FunctionFailure } from '../functions/failure.js'
import type { Faults } from '../faults.js'
import type { LimitMeter } from '../limits/limit-meter.js'
import { type Installation } from '../app/installation.js'
import { handlerContext } from '../app/contexts.js'
import type { Invoke } from '../functions/invoke.js'
import type { Chain } from '../functions/invocation.js'
import type { Limits } from '../limits/limits.js'
import type { Note } from '../log.js'
import type { Manifest } from '../app/manifest.js'
import {
  requestedRetry,
  type Job,
  type PushedEvent,
  type QueuedEvent,
  type RetryOptions,
  sizeOf,
  type Waiting,
} from './job.js'

export interface QueueOptions {
  readonly manifest: Manifest
  readonly installation: Installation
  readonly limits: Limits
  readonly counts: Counts
  readonly meter: LimitMeter
  readonly note: Note
  readonly clock: HostClock
  readonly faults: Faults
  /** How many events run at the same time. */
  readonly parallel: number
  /** Late, since the platform's proxy needs the queue first. */
  readonly invoke: () => Invoke
  readonly onChange: () => void
}
const retriedByPlatform = ['FUNCTION_TIME_OUT', 'FUNCTION_OUT_OF_MEMORY']
/** Makes the queue. */
export function createQueue(options: QueueOptions) {
  const { manifest, installation, limits, counts, meter, note, clock, faults, parallel, onChange } = options
  const jobs = new Map<string, Job>()
  const running = new Map<string, number>()
  const delays = new Map<Waiting, () => void>()
  let ready: Waiting[] = []
  let active = 0

  function place(waiting: Waiting, delaySeconds: number): void {
    if (delaySeconds <= 0) ready.push(waiting)
    else {
      const ring = () => {
        delays.delete(waiting)
        ready.push(waiting)
        pump()
      }
      delays.set(waiting, clock.at(clock.now() + delaySeconds * 1000, ring))
    }
    pump()
  }

  /** Starts events up to the limits. An event that its concurrency limit refuses waits twice as long each time. */
  function pump(): void {
    while (active < parallel && ready.length > 0) {
      const waiting = ready.shift() as Waiting
      const { event } = waiting
      const { key, limit } = event.concurrency ?? { key: '', limit: Infinity }
      if ((running.get(key) ?? 0) >= limit) {
        waiting.refusals += 1
        counts.events.refusedByConcurrency += 1
        const wait = limits.concurrencyWaitSeconds * 2 ** (waiting.refusals - 1)
        place(waiting, Math.min(limits.concurrencyLongestWaitSeconds, wait))
        continue
      }
      active += 1
      running.set(key, (running.get(key) ?? 0) + 1)
      void deliver(waiting).finally(() => {
        active -= 1
        running.set(key, (running.get(key) ?? 1) - 1)
        pump()
        onChange()
      })
    }
    onChange()
  }

  async function deliver({ event, chain, copy }: Waiting): Promise<void> {
    const consumer = manifest.consumers.find(({ queue }) => queue === event.queueName)
    if (consumer === undefined) return
    const struck = copy === undefined ? faults.on('delivery') : undefined
    if (struck === 'lost') {
      counts.events.lost += 1
      return
    }
    if (struck === 'duplicate') {
      counts.events.duplicated += 1
      place({ event, chain, refusals: 0, copy: true }, 0)
    }
    counts.events.delivered += 1
    const args = [event, handlerContext(installation, undefined)]
    const caller = { moduleKey: consumer.key, moduleType: 'core:consumer' as const, chain }
    let retry: RetryOptions | undefined
    let failed = false
    try {
      retry = requestedRetry(await options.invoke()(consumer.functionKey, args, caller))
    } catch (thrown) {
      failed = true
      const code = thrown instanceof FunctionFailure ? thrown.code : 'FUNCTION_PLATFORM_UNKNOWN_ERROR'
      note('event', `${event.queueName} ${event.eventId} failed: ${code} ${(thrown as Error).message}`)
      if (retriedByPlatform.includes(code)) retry = { retryAfter: limits.platformRetrySeconds, retryReason: code }
    }
    if (copy === undefined) settle({ event, chain }, retry, failed)
  }

  function settle(
    { event, chain }: Pick<Waiting, 'event' | 'chain'>,
    retry: RetryOptions | undefined,
    failed: boolean,
  ) {
    const job = jobs.get(event.jobId)
    const refused = retry === undefined ? undefined : retryRefusal(event, retry)
    if (retry !== undefined && refused === undefined && job?.cancelled !== true) {
      counts.events.retried += 1
      const retryContext = {
        retryCount: (event.retryContext?.retryCount ?? 0) + 1,
        retryReason: retry.retryReason ?? 'FUNCTION_RETRY_REQUEST',
        ...(retry.retryData === undefined ? {} : { retryData: retry.retryData }),
      }
      const after = Math.max(1, Math.min(limits.retryAfterSeconds, retry.retryAfter ?? 1))
      return place({ event: { ...event, retryContext }, chain, refusals: 0 }, after)
    }
    if (refused !== undefined) note('event', `${event.queueName} ${event.eventId} given up: ${refused}`)
    const bad = failed || retry !== undefined
    if (bad) counts.events.failed += 1
    else counts.events.succeeded += 1
    if (job !== undefined && !job.cancelled) {
      job.inProgress -= 1
      if (bad) job.failed += 1
      else job.success += 1
    }
  }

  function retryRefusal({ body, retryContext }: QueuedEvent, { retryData }: RetryOptions): string | undefined {
    if (!meter.allows('retries', (retryContext?.retryCount ?? 0) + 1)) return `tried ${limits.retries + 1} times`
    if (!meter.allows('retryDataBytes', sizeOf(retryData))) return `retryData over ${limits.retryDataBytes} bytes`
    if (!meter.allows('retriedBytes', sizeOf(body) + sizeOf(retryData)))
      return `payload and retryData over ${limits.retriedBytes} bytes`
    return undefined
  }

  return {
    jobs: jobs as ReadonlyMap<string, Job>,
    push(queueName: string, jobId: string, events: readonly PushedEvent[], chain: Chain): void {
      const job = jobs.get(jobId) ?? { success: 0, inProgress: 0, failed: 0, cancelled: false }
      job.inProgress += events.length
      jobs.set(jobId, job)
      counts.events.pushed += events.length
      for (const event of events)
        place(
          { event: { ...event, queueName, jobId, eventId: randomUUID() }, chain, refusals: 0 },
          event.delayInSeconds ?? 0,
        )
    },
    /** No further event of the job starts; running ones continue. */
    cancel(jobId: string, job: Job): void {
      Object.assign(job, { cancelled: true, inProgress: 0 })
      ready = ready.filter(({ event }) => event.jobId !== jobId)
      for (const [waiting, stop] of delays)
        if (waiting.event.jobId === jobId) {
          delays.delete(waiting)
          stop()
        }
      onChange()
    },
    /** Events that are waiting or running. */
    pending: () => ({ ready: ready.length, delayed: delays.size, active }),
    close(): void {
      ready = []
      for (const stop of delays.values()) stop()
      delays.clear()
    },
  }
}
export type Queue = ReturnType<typeof createQueue>
