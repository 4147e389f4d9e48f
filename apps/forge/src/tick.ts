// The hourly trigger: wakes the lane where there is something to do before the next hour, also after events that were lost.

import { readConnection } from './connection.js'
import { wakeUnlessAwake } from './lane.js'
import { wakeIn } from './lane-work.js'
import { isLicensed } from './license.js'
import { open } from './open.js'
import { ofResolver } from './share.js'

/** Wakes the lane where there is something to do. The platform may call it twice, which does no harm. */
export async function tick(): Promise<{ readonly statusCode: number }> {
  const done = { statusCode: 200 }
  if ((await readConnection()) === undefined) return done
  const { app } = await open('tick', ofResolver)
  const first = wakeIn(await app.nextTick(isLicensed()))
  if (first !== undefined) await wakeUnlessAwake(first)
  return done
}
