// The work chain: one chain of events for each installation. The platform may deliver an event twice or lose it, so the
// app stores the newest one and any other ends at once. The tick restarts a broken chain.

import { minute } from '@rollcall/core'
import { randomUUID } from 'node:crypto'
import { push, type ChainEvent } from './jobs.js'
import { values } from './values.js'

interface Newest {
  readonly id: string
  readonly due: number
  /** When an invocation began to work on it. */
  readonly begun?: number
}
/** The stored name, and the kind of a queued event, from earlier versions. */
const name = 'lane'
const longestDelay = 15 * minute
/** No invocation is longer, so the platform has stopped one that began earlier. */
const stoppedAfter = 16 * minute
/** The platform may delay an event for this long while another one is in progress. */
const lostAfter = stoppedAfter + longestDelay

const read = (): Promise<Newest | undefined> => values.get<Newest>(name)
const isInProgress = ({ begun }: Newest, now: number): boolean => begun !== undefined && now - begun < stoppedAfter
const isLost = (newest: Newest, now: number): boolean =>
  newest.begun === undefined ? now - newest.due > lostAfter : !isInProgress(newest, now)

/** Queues the newest event. It stores the event first: an unknown event would end at once. */
async function pushNewest(afterMs: number, failures: number): Promise<void> {
  const [id, now] = [randomUUID(), Date.now()]
  const due = now + afterMs
  await values.set(name, { id, due } satisfies Newest)
  await push({ kind: 'lane', id, notBefore: due, failures }, afterMs)
}
const logFailure = (failure: unknown): void => console.error('The worker was not woken:', failure)

/** Wakes the worker at once. If that fails, the next tick wakes it. */
export const wake = (): Promise<void> => pushNewest(0, 0).catch(logFailure)

/** Wakes the worker unless it is awake or wakes early enough. An overdue event that has not begun may be lost. */
export async function wakeUnlessAwake(afterMs: number): Promise<void> {
  const [newest, now] = [await read(), Date.now()]
  const comesEarlier = newest !== undefined && newest.due > now && newest.due <= now + Math.max(afterMs, longestDelay)
  if (newest !== undefined && (comesEarlier || isInProgress(newest, now))) return
  await pushNewest(afterMs, 0).catch(logFailure)
}

/** Whether to work on an event: not on a duplicate, nor on one that a newer event replaces. */
export async function isTurnOf({ id }: ChainEvent): Promise<boolean> {
  const [newest, now] = [await read(), Date.now()]
  return newest === undefined || newest.id === id || isLost(newest, now)
}

/** Stores that the work on an event begins. That work includes everything stored before an earlier wake. */
export const begin = ({ id }: ChainEvent): Promise<void> => {
  const now = Date.now()
  return values.set(name, { id, due: now, begun: now } satisfies Newest)
}

/** Continues later, unless a newer event continues earlier. */
export async function continueChain({ id }: ChainEvent, afterMs: number, failures: number): Promise<void> {
  const [newest, now] = [await read(), Date.now()]
  const comesEarlier = newest !== undefined && newest.id !== id && !isLost(newest, now) && newest.due <= now + afterMs
  if (!comesEarlier) await pushNewest(afterMs, failures)
}

/** Ends the chain. The next wake starts a new one. */
export async function end({ id }: ChainEvent): Promise<void> {
  if ((await read())?.id === id) await values.drop(name)
}
