// Jobs: what takes longer than a page may wait. Events may come twice or be lost; the tick makes good what is lost.

import { Queue } from '@forge/events'
import { second } from '@rollcall/core'
import { withRetry } from './retry.js'

const queue = new Queue({ key: 'work' })
/** The platform delays an event by 15 minutes at most. */
const longestDelay = 900

/** Work in the lane: fires what is due and advances runs. */
export interface LaneEvent {
  readonly kind: 'lane'
  readonly id: string
  /** Nothing is done before this instant; the event is pushed on, since no delay is longer than 15 minutes. */
  readonly notBefore: number
  /** How often in a row it has failed for no reason of its own. */
  readonly failures: number
}
/** An operation that somebody waits for; what was asked is kept beside it, since an event may be too small for it. */
export interface AskedEvent {
  readonly kind: 'asked'
  readonly job: string
  /** In how many parts it is kept. */
  readonly parts: number
  /** How often it was pushed on: of two that are the same, one goes on. */
  readonly turn: number
  readonly failures: number
}
export type WorkEvent = LaneEvent | AskedEvent

/** Pushes one event; events of one kind run one after another. */
export async function push(event: WorkEvent, afterMs = 0): Promise<void> {
  const delayInSeconds = Math.min(longestDelay, Math.ceil(Math.max(0, afterMs) / second))
  const pushed = {
    body: { ...event },
    concurrency: { key: event.kind, limit: 1 },
    ...(delayInSeconds > 0 ? { delayInSeconds } : {}),
  }
  await withRetry(() => queue.push([pushed]))
}
