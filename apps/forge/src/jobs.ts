// Jobs: what takes longer than a page may wait. Events may come twice or be lost; the tick makes good what is lost.

import { Queue } from '@forge/events'
import { second } from '@rollcall/core'
import { patiently } from './patience.js'

const queue = new Queue({ key: 'work' })
/** The platform delays an event by 15 minutes at most. */
const longestDelay = 900

/** Work in the lane: fires what is due and advances runs. */
export interface LaneEvent {
  readonly kind: 'lane'
  /** How often in a row it has failed for no reason of its own. */
  readonly failures?: number
  /** Nothing is done before this instant; the event is pushed on, since no delay is longer than 15 minutes. */
  readonly notBefore?: number
}
/** An operation that somebody waits for. */
export interface AskedEvent {
  readonly kind: 'asked'
  readonly job: string
  readonly operation: string
  readonly asked: unknown
  readonly by: string
  readonly failures?: number
}
export type WorkEvent = LaneEvent | AskedEvent

/** Pushes one event; events of one kind run one after another. */
export async function push(event: WorkEvent, afterMs = 0): Promise<void> {
  const delayInSeconds = Math.min(longestDelay, Math.ceil(afterMs / second))
  const pushed = {
    body: { ...event },
    concurrency: { key: event.kind, limit: 1 },
    ...(delayInSeconds > 0 ? { delayInSeconds } : {}),
  }
  await patiently(() => queue.push([pushed]))
}

/** Wakes the lane; when that fails, the next tick does it. */
export async function wake(afterMs = 0, notBefore = 0): Promise<void> {
  await push({ kind: 'lane', notBefore }, afterMs).catch((failure: unknown) =>
    console.error('The lane was not woken:', failure),
  )
}
