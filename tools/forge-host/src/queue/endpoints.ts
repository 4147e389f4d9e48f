// The endpoints of the queue: publish, stats and cancel, with the limits of a push.

import type { Counts } from '../limits/counts.js'
import type { Faults } from '../faults.js'
import type { LimitMeter } from '../limits/limit-meter.js'
import type { Limits } from '../limits/limits.js'
import type { Manifest } from '../app/manifest.js'
import { isDoc, jsonOf, type PlatformResponse, type Doc, type Handler, type PlatformCall } from '../platform/call.js'
import type { Queue } from './queue.js'
import type { PushedEvent } from './job.js'

export interface EventsOptions {
  readonly manifest: Manifest
  readonly limits: Limits
  readonly counts: Counts
  readonly faults: Faults
  readonly meter: LimitMeter
  readonly queue: Queue
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '')
/** Functions that may run longer than this have smaller events. */
const longFunctionSeconds = 55

/** Makes the handler of /webhook/queue. */
export function createEvents({ manifest, limits, counts, faults, meter, queue }: EventsOptions): Handler {
  const perMinute = meter.window('eventsPerMinute', 60_000)

  /** Why the platform refuses an event; undefined when it accepts it. */
  function eventError(event: PushedEvent, queueName: string): string | undefined {
    const { delayInSeconds = 0, concurrency } = event
    if (!isDoc(event.body)) return 'Event body must be an object.'
    if (!(delayInSeconds >= 0 && meter.allows('delaySeconds', delayInSeconds)))
      return `The delayInSeconds setting must be between 0 and ${limits.delaySeconds}.`
    if (concurrency !== undefined && !(concurrency.limit >= 1)) return 'The concurrency limit must be at least 1.'
    const consumer = manifest.consumers.find((one) => one.queue === queueName)
    const seconds = manifest.functions.get(consumer?.functionKey ?? '')?.timeoutSeconds ?? 0
    if (seconds <= longFunctionSeconds || meter.allows('longEventBytes', sizeOf(event))) return undefined
    return `An event for a long running function has ${sizeOf(event)} bytes of ${limits.longEventBytes}.`
  }

  function publish({ invocation }: PlatformCall, body: Doc): PlatformResponse {
    const [queueName, jobId] = [String(body['queueName']), String(body['jobId'])]
    const events = (Array.isArray(body['payload']) ? body['payload'] : []) as readonly PushedEvent[]
    const { chain } = invocation
    if (!manifest.consumers.some((one) => one.queue === queueName))
      return { status: 400, body: { code: 'INVALID_QUEUE', message: `No consumer has the queue ${queueName}` } }
    if (events.length === 0) return { status: 400, body: { message: 'No events' } }
    if (!meter.allows('eventsPerPush', events.length))
      return { status: 400, body: { message: `${events.length} events of ${limits.eventsPerPush}` } }
    if (!meter.allows('pushBytes', sizeOf(events)))
      return { status: 413, body: { errorMessage: `The maximum payload size is ${limits.pushBytes} bytes.` } }
    if (!meter.allows('pushesPerStart', chain.pushes + 1))
      return { status: 405, body: { message: `${limits.pushesPerStart} pushes from one start` } }
    if (!perMinute.take(events.length)) {
      meter.refuse('eventsPerMinute')
      return { status: 429, body: { message: `More than ${limits.eventsPerMinute} events in a minute` } }
    }
    chain.pushes += 1
    counts.events.pushes += 1
    const partial = faults.onPush()
    const checked = events.map((event, at) => ({
      event,
      at,
      fault: partial && at === events.length - 1 ? 'A requested fault' : eventError(event, queueName),
    }))
    const [taken, refused] = [checked.filter((one) => one.fault === undefined), checked.filter((one) => one.fault)]
    queue.push(
      queueName,
      jobId,
      taken.map(({ event }) => event),
      chain,
    )
    if (refused.length === 0) return { status: 201, body: {} }
    const failedEvents = refused.map(({ at, fault }) => ({ index: String(at), errorMessage: fault }))
    return { status: 202, body: { failedEvents } }
  }

  return (call) => {
    const operation = call.path.split('/')[3]
    const body = jsonOf(call)
    if (!isDoc(body)) return { status: 400, body: { message: 'The body is not a JSON object' } }
    if (operation === 'publish') return publish(call, body)
    const jobId = String(body['jobId'])
    const job = queue.jobs.get(jobId)
    if (job === undefined) return { status: 404, body: { message: 'No such job' } }
    if (operation === 'stats') {
      const { success, inProgress, failed } = job
      return { status: 200, body: { success, inProgress, failed } }
    }
    if (operation !== 'cancel') return { status: 404, body: { message: `No such operation: ${String(operation)}` } }
    queue.cancel(jobId, job)
    return { status: 204 }
  }
}
