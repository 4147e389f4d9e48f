// The tick: once an hour. A quiet hour ends at once; otherwise the lane is woken, also after events that were lost.

import { day, minute } from '@rollcall/core'
import { readConnection } from './connection.js'
import { wakeUnlessAwake } from './lane.js'
import { isLicensed } from './license.js'
import { open } from './open.js'
import { ofResolver } from './share.js'
import { values } from './values.js'

const keptOn = 'audit-kept-on'
/** A little longer than from one tick to the next. */
export const soon = 70 * minute

/** Wakes the lane where there is something to do. The platform may call it twice, which does no harm. */
export async function tick(): Promise<{ readonly statusCode: number }> {
  const done = { statusCode: 200 }
  if ((await readConnection()) === undefined) return done
  const today = Math.floor(Date.now() / day)
  const { app } = await open('tick', ofResolver)
  const acts = isLicensed()
  const rests = acts ? (await app.executing()).map(({ restUntil = 0 }) => Math.max(0, restUntil - app.now())) : []
  const now = (acts && (await app.isDue())) || (await values.get<number>(keptOn)) !== today
  // Before the next tick: it is on time.
  const until = acts ? ((await app.nextFiring()) ?? Infinity) - app.now() : Infinity
  const first = Math.min(...rests, ...(now ? [0] : []), ...(until < soon ? [until] : []))
  if (first < Infinity) await wakeUnlessAwake(first)
  return done
}

/** Does what has to be done once a day, once. */
export async function oncePerDay(act: () => Promise<unknown>): Promise<void> {
  const today = Math.floor(Date.now() / day)
  if ((await values.get<number>(keptOn)) === today) return
  await act()
  await values.set(keptOn, today)
}
