// The lane: one chain of events for an installation. Anybody may wake it, and events come twice or never; so the newest one
// is noted, any other ends at once, and a chain that was cut off is begun again by the tick.

import { minute } from '@rollcall/core'
import { randomUUID } from 'node:crypto'
import { push, type LaneEvent } from './jobs.js'
import { values } from './values.js'

interface Newest {
  readonly id: string
  readonly due: number
  /** When an invocation began to work on it. */
  readonly begun?: number
}
const name = 'lane'
const longestDelay = 15 * minute
/** Whoever began longer ago was cut off: no invocation is longer. */
const cutOffAfter = 16 * minute
/** The platform holds back an event for so long while another one is worked on. */
const lostAfter = cutOffAfter + longestDelay

const read = (): Promise<Newest | undefined> => values.get<Newest>(name)
const isWorkedOn = ({ begun }: Newest, now: number): boolean => begun !== undefined && now - begun < cutOffAfter
const isLost = (newest: Newest, now: number): boolean =>
  newest.begun === undefined ? now - newest.due > lostAfter : !isWorkedOn(newest, now)

/** Pushes the newest event. Noted first: it would end at once if it came before. */
async function pushNewest(afterMs: number, failures: number): Promise<void> {
  const [id, now] = [randomUUID(), Date.now()]
  const due = now + afterMs
  await values.set(name, { id, due } satisfies Newest)
  await push({ kind: 'lane', id, notBefore: due, failures }, afterMs)
}
const note = (failure: unknown): void => console.error('The lane was not woken:', failure)

/** Wakes the lane at once; when that fails, the next tick does it. */
export const wake = (): Promise<void> => pushNewest(0, 0).catch(note)

/** Wakes the lane unless it is awake, or wakes soon or by then: what is due and was not begun may be lost. */
export async function wakeUnlessAwake(afterMs: number): Promise<void> {
  const [newest, now] = [await read(), Date.now()]
  const comes = newest !== undefined && newest.due > now && newest.due <= now + Math.max(afterMs, longestDelay)
  if (newest !== undefined && (comes || isWorkedOn(newest, now))) return
  await pushNewest(afterMs, 0).catch(note)
}

/** Says whether an event is to be worked on: one of two that are the same, and none that a newer one stands for. */
export async function isTurnOf({ id }: LaneEvent): Promise<boolean> {
  const [newest, now] = [await read(), Date.now()]
  return newest === undefined || newest.id === id || isLost(newest, now)
}

/** Notes that an event is worked on. Whoever wakes the lane before that has stored what for, and finds it done. */
export const begin = ({ id }: LaneEvent): Promise<void> => {
  const now = Date.now()
  return values.set(name, { id, due: now, begun: now } satisfies Newest)
}

/** Goes on later, unless somebody has woken the lane meanwhile and it goes on before anyway. */
export async function goOn({ id }: LaneEvent, afterMs: number, failures: number): Promise<void> {
  const [newest, now] = [await read(), Date.now()]
  const comes = newest !== undefined && newest.id !== id && !isLost(newest, now) && newest.due <= now + afterMs
  if (!comes) await pushNewest(afterMs, failures)
}

/** Nothing is left, until somebody wakes the lane. */
export async function end({ id }: LaneEvent): Promise<void> {
  if ((await read())?.id === id) await values.drop(name)
}
