// The tick: once an hour. A quiet hour ends at once; otherwise the lane is woken, also after events that were lost.

import { day, minute } from '@rollcall/core'
import { readConnection } from './connection.js'
import { wake } from './jobs.js'
import { isLicensed } from './license.js'
import { open } from './open.js'
import { ofResolver } from './share.js'
import { values } from './values.js'

const keptOn = 'audit-kept-on'
/** A little longer than from one tick to the next. */
const soon = 70 * minute

/** Wakes the lane where there is something to do. The platform may call it twice, which does no harm. */
export async function tick(): Promise<{ readonly statusCode: number }> {
  const done = { statusCode: 200 }
  if ((await readConnection()) === undefined) return done
  const today = Math.floor(Date.now() / day)
  const { app } = await open('tick', ofResolver)
  const due = isLicensed() && ((await app.executing()).length > 0 || (await app.isDue()))
  if (due || (await values.get<number>(keptOn)) !== today) await wake()
  const until = ((await app.nextFiring()) ?? Infinity) - app.now()
  // Before the next tick: it is on time.
  if (isLicensed() && until < soon) await wake(until, Date.now() + until)
  return done
}

/** Does what has to be done once a day, once. */
export async function oncePerDay(act: () => Promise<unknown>): Promise<void> {
  const today = Math.floor(Date.now() / day)
  if ((await values.get<number>(keptOn)) === today) return
  await act()
  await values.set(keptOn, today)
}
