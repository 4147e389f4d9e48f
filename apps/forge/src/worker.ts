// The worker: carries on what takes long, as far as one invocation goes, and pushes the rest again before its end.

import { DirectoryError, second, Unfinished, UsageError } from '@rollcall/core'
import { randomUUID } from 'node:crypto'
import { act } from './asked.js'
import { push, wake, type AskedEvent, type WorkEvent } from './jobs.js'
import { isLicensed } from './license.js'
import { open, type Opened } from './open.js'
import { hasOutcome, keepOutcome, keepWaiting } from './outcome.js'
import { problemOf } from './problem.js'
import { ofWorker } from './share.js'
import { oncePerDay } from './tick.js'

/** How soon a lane that another invocation holds is looked at again: its lease ends by itself. */
const laneTaken = 60 * second
const [mostFailures, firstPause] = [6, 10 * second]

/** Does it; when its share is used up, says how long it is not worth while to go on, in milliseconds. */
async function asFarAsItGoes(work: () => Promise<unknown>): Promise<number | undefined> {
  try {
    await work()
    return undefined
  } catch (failure) {
    if (failure instanceof Unfinished) return failure.waitMs
    throw failure
  }
}

/** Advances what is executing; says when it goes on: undefined when nothing is left. */
async function advance({ app, share }: Opened): Promise<number | undefined> {
  let soonest: number | undefined
  for (const { runId } of await app.executing()) {
    const run = await app.work(runId, share)
    if (run !== undefined && run.status !== 'executing') continue
    const rest = run === undefined ? laneTaken : Math.max(0, (run.restUntil ?? 0) - app.now())
    soonest = Math.min(soonest ?? Infinity, rest)
  }
  return soonest
}

async function workInLane(opened: Opened): Promise<void> {
  const { app, share } = opened
  await oncePerDay(() => app.keepAudit('worker')).catch((failure: unknown) => console.error(failure))
  if (!isLicensed()) return
  // A schedule that cannot fire does not hold up the runs that are on their way.
  const firing = await asFarAsItGoes(() => app.fireDue('schedule', share)).catch((failure: unknown) => {
    console.error(problemOf(failure).message)
    return undefined
  })
  let resting: number | undefined
  const advancing = await asFarAsItGoes(async () => (resting = await advance(opened)))
  const again = [firing, advancing, resting].filter((ms) => ms !== undefined)
  if (again.length > 0) await wake(Math.min(...again))
}

async function answer(event: AskedEvent, opened: Opened): Promise<void> {
  const { job, operation, asked, by } = event
  // Delivered a second time.
  if (await hasOutcome(job)) return
  await keepWaiting(job, Date.now())
  try {
    await keepOutcome(job, await act(operation, asked, by, opened))
  } catch (failure) {
    if (failure instanceof Unfinished) await push({ ...event, failures: 0 }, failure.waitMs)
    else if (failure instanceof UsageError || failure instanceof DirectoryError)
      await keepOutcome(job, { error: problemOf(failure) })
    else throw failure
  }
}

/** What failed for no reason of its own is tried again a few times; a run that nobody advances is found by the tick. */
async function tryAgain(event: WorkEvent, failure: unknown): Promise<void> {
  const failures = (event.failures ?? 0) + 1
  const problem = problemOf(failure)
  if (failures <= mostFailures) await push({ ...event, failures }, firstPause * 2 ** (failures - 1))
  else if (event.kind === 'asked') await keepOutcome(event.job, { error: problem })
}

/** Carries on one event. */
export async function worker({ body }: { readonly body: WorkEvent }): Promise<void> {
  const early = body.kind === 'lane' ? (body.notBefore ?? 0) - Date.now() : 0
  if (early > 0) return push(body, early)
  try {
    const opened = await open(`worker ${randomUUID()}`, ofWorker, body.kind === 'asked' ? [body.by] : [])
    await (body.kind === 'asked' ? answer(body, opened) : workInLane(opened))
  } catch (failure) {
    await tryAgain(body, failure)
  }
}
