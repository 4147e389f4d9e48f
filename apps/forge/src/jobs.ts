// The queue of the worker. The platform may deliver an event twice or lose it; the tick replaces lost events.

import { Queue } from '@forge/events'
import { second } from '@rollcall/core'
import { withRetry } from './retry.js'

const queue = new Queue({ key: 'work' })
/** The platform delays an event by 15 minutes at most. */
const longestDelay = 900

/** An event of the work chain: starts due schedules and advances runs. */
export interface ChainEvent {
  /** The name that events in the queue have. */
  readonly kind: 'lane'
  readonly id: string
  /** The work starts at this instant. An earlier event queues itself again, since the platform delays by 15 minutes at most. */
  readonly notBefore: number
  /** How many times in a row it has failed temporarily. */
  readonly failures: number
}
/** A background job. Its request is stored separately, since it may be too large for an event. */
export interface JobEvent {
  /** The name that events in the queue have. */
  readonly kind: 'asked'
  readonly job: string
  /** The number of stored parts of its request. */
  readonly parts: number
  /** How many times it was queued again. It identifies an event that the platform delivers twice. */
  readonly turn: number
  readonly failures: number
}
export type WorkEvent = ChainEvent | JobEvent

/** Pushes one event; events of one kind run one after another. */
export async function push(event: WorkEvent, afterMs = 0): Promise<void> {
  const delayInSeconds = Math.min(longestDelay, Math.ceil(Math.max(0, afterMs) / second))
  const queued = {
    body: { ...event },
    concurrency: { key: event.kind, limit: 1 },
    ...(delayInSeconds > 0 ? { delayInSeconds } : {}),
  }
  await withRetry(() => queue.push([queued]))
}
