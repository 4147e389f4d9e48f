// The hourly trigger wakes the worker if there is work before the next hour, also after lost events.

import { readConnection } from './connection.js'
import { wakeUnlessAwake } from './work-chain.js'
import { wakeIn } from './work-once.js'
import { isLicensed } from './license.js'
import { open } from './open.js'
import { resolverAllowance } from './time-slice.js'

/** Wakes the worker if there is work. The platform may call it twice, which is harmless. */
export async function tick(): Promise<{ readonly statusCode: number }> {
  const done = { statusCode: 200 }
  if ((await readConnection()) === undefined) return done
  const { app } = await open('tick', resolverAllowance)
  const first = wakeIn(await app.nextTick(isLicensed()))
  if (first !== undefined) await wakeUnlessAwake(first)
  return done
}
