// Work in the lane: an undo goes ahead, then what is due by schedule, then the other runs. What fails holds up nothing that
// stands behind it.

import { DirectoryError, second, Unfinished, type Run } from '@rollcall/core'
import { StoreError } from '@rollcall/store'
import { isLicensed } from './license.js'
import type { Invocation } from './open.js'
import { isPassing } from './patience.js'
import { problemOf } from './problem.js'
import { oncePerDay, soon } from './tick.js'

/** How soon a lane that another invocation holds is looked at again: its lease ends by itself. */
const laneTaken = 60 * second

/** What is left: when it is worth while to go on, in milliseconds, and the first failure that is to be tried again. */
export interface Left {
  readonly againMs: number | undefined
  readonly failure: unknown
}
const nothing: Left = { againMs: undefined, failure: undefined }
const both = (one: Left, other: Left): Left => {
  const times = [one.againMs, other.againMs].filter((ms) => ms !== undefined)
  return { againMs: times.length === 0 ? undefined : Math.min(...times), failure: one.failure ?? other.failure }
}

/** Does it; what it leaves when its share is used up or it fails. */
async function attempt(work: () => Promise<Left>): Promise<Left> {
  try {
    return await work()
  } catch (failure) {
    return failure instanceof Unfinished ? { ...nothing, againMs: failure.waitMs } : { ...nothing, failure }
  }
}

/** Advances one run; when it goes on. */
const advance = ({ app, share }: Invocation, { runId }: Run): Promise<Left> =>
  attempt(async () => {
    const run = await app.work(runId, share)
    if (run !== undefined && run.status !== 'executing') return nothing
    return { ...nothing, againMs: run === undefined ? laneTaken : Math.max(0, (run.restUntil ?? 0) - app.now()) }
  })

async function advanceAll(opened: Invocation, runs: readonly Run[]): Promise<Left> {
  const { share } = opened
  let left = nothing
  for (const run of runs)
    left = both(left, share.usedUp?.() === true ? { ...nothing, againMs: 0 } : await advance(opened, run))
  return left
}

/** Says whether what failed is over in a moment. */
const passes = (failure: unknown): boolean =>
  failure instanceof DirectoryError
    ? failure.code === 'unavailable' || failure.code === 'rate-limited'
    : failure instanceof StoreError
      ? failure.code === 'slow' || failure.code === 'contended'
      : isPassing(failure)

/** Fires what is due. What needs a person is told to the log, and fires again by the tick. */
async function fire({ app, share }: Invocation): Promise<Left> {
  const left = await attempt(async () => {
    await app.fireDue('schedule', share)
    return nothing
  })
  if (left.failure === undefined || passes(left.failure)) return left
  console.error(problemOf(left.failure).message)
  return nothing
}

/** Does what is to be done now; says what is left, and which runs it knew. */
export async function workInLane(opened: Invocation): Promise<Left & { readonly known: ReadonlySet<string> }> {
  const { app, share } = opened
  const known = new Set<string>()
  const executing = async (undo: boolean): Promise<readonly Run[]> => {
    const runs = await app.executing()
    for (const { runId } of runs) known.add(runId)
    return runs.filter(({ undoOf }) => (undoOf !== undefined) === undo)
  }
  await oncePerDay(() => app.keepAudit('worker')).catch((failure: unknown) => console.error(failure))
  if (!isLicensed()) return { ...nothing, known }
  let left = await advanceAll(opened, await executing(true))
  // What is left of an undo goes on before anything else.
  if (share.usedUp?.() !== true) left = both(left, await fire(opened))
  left = both(left, await advanceAll(opened, await executing(false)))
  const untilNext = ((await app.nextFiring()) ?? Infinity) - app.now()
  return { ...(untilNext < soon ? both(left, { ...nothing, againMs: untilNext }) : left), known }
}
