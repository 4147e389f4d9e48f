// One invocation's work: a tick of the app, within the time and the requests that the platform allows. It sorts the
// failures: the worker tries some again soon, and logs the others.

import { DirectoryError, minute, type NextTick, type TickFailure } from '@rollcall/core'
import { StoreError } from '@rollcall/store'
import { isLicensed } from './license.js'
import type { Invocation } from './open.js'
import { isPassing } from './retry.js'
import { problemOf } from './problem.js'

/** A little longer than from one hourly trigger to the next: a later firing waits for the trigger. */
const soon = 70 * minute

/** What is left. */
export interface Left {
  /** When it is worth while to go on, in milliseconds. */
  readonly againMs: number | undefined
  /** The first failure that the worker tries again. */
  readonly failure: unknown
  /** The runs that the tick found. */
  readonly known: ReadonlySet<string>
}

/** When the worker has to wake before the hourly trigger, in milliseconds; undefined when it has not. */
export function wakeIn({ goesOnMs, firesInMs }: NextTick): number | undefined {
  const times = [goesOnMs, firesInMs !== undefined && firesInMs < soon ? firesInMs : undefined]
  const known = times.filter((ms) => ms !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

/** Says whether a failure is over in a moment. */
function passes(failure: unknown): boolean {
  if (failure instanceof DirectoryError) return failure.code === 'unavailable' || failure.code === 'rate-limited'
  if (failure instanceof StoreError) return failure.code === 'slow' || failure.code === 'contended'
  return isPassing(failure)
}

/** A schedule that needs a person fires again by the hourly trigger; the audit log is kept by the next tick. */
const isRetried = ({ piece, failure }: TickFailure): boolean =>
  piece === 'run' || (piece === 'schedules' && passes(failure))

/** Does what is due. */
export async function workInLane({ app, share }: Invocation): Promise<Left> {
  let first: unknown
  const ticked = await app.tick(() => share, {
    by: 'schedule',
    acts: isLicensed(),
    onFailure(failed) {
      if (isRetried(failed)) first ??= failed.failure
      else console.error(failed.piece === 'audit' ? failed.failure : problemOf(failed.failure).message)
    },
  })
  return { againMs: wakeIn(ticked), failure: first, known: ticked.found }
}
