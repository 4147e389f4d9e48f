// The work of one invocation: a tick of the app within its time slice. The worker retries some failures soon and logs the
// others.

import { DirectoryError, minute, type NextTick, type TickFailure } from '@rollcall/core'
import { StoreError } from '@rollcall/store'
import { isLicensed } from './license.js'
import type { Invocation } from './open.js'
import { isTemporary } from './retry.js'
import { problemOf } from './problem.js'

/** A little longer than the hour between two triggers. The trigger starts later schedules. */
const soon = 70 * minute

/** The remaining work. */
export interface Remaining {
  /** When to continue, in milliseconds. */
  readonly againMs: number | undefined
  /** The first failure that the worker retries. */
  readonly failure: unknown
  /** The runs that the tick found. */
  readonly known: ReadonlySet<string>
}

/** When the worker has to wake before the hourly trigger, in milliseconds; undefined if it need not. */
export function wakeIn({ goesOnMs, firesInMs }: NextTick): number | undefined {
  const times = [goesOnMs, firesInMs !== undefined && firesInMs < soon ? firesInMs : undefined]
  const known = times.filter((ms) => ms !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

/** Whether a failure is temporary. */
function isSoonOver(failure: unknown): boolean {
  if (failure instanceof DirectoryError) return failure.code === 'unavailable' || failure.code === 'rate-limited'
  if (failure instanceof StoreError) return failure.code === 'slow' || failure.code === 'contended'
  return isTemporary(failure)
}

/** The hourly trigger retries a schedule that needs an admin, and the daily work on the audit log. */
const isRetried = ({ piece, failure }: TickFailure): boolean =>
  piece === 'run' || (piece === 'schedules' && isSoonOver(failure))

/** Does the due work. */
export async function workOnce({ app, slice }: Invocation): Promise<Remaining> {
  let first: unknown
  const ticked = await app.tick(() => slice, {
    by: 'schedule',
    acts: isLicensed(),
    onFailure(failed) {
      if (isRetried(failed)) first ??= failed.failure
      else console.error(failed.piece === 'audit' ? failed.failure : problemOf(failed.failure).message)
    },
  })
  return { againMs: wakeIn(ticked), failure: first, known: ticked.found }
}
