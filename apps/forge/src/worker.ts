// The worker: carries on what takes long, as far as one invocation goes, and pushes the rest again before its end.

import { DirectoryError, second, Unfinished, UsageError } from '@rollcall/core'
import { randomUUID } from 'node:crypto'
import { act } from './asked.js'
import { pushOn, readAsked } from './asked-job.js'
import type { AskedEvent, LaneEvent, WorkEvent } from './jobs.js'
import { begin, end, goOn, isTurnOf, wake } from './lane.js'
import { workInLane } from './lane-work.js'
import { open, type Invocation } from './open.js'
import { isOver, keepOutcome, keepWaiting } from './outcome.js'
import { problemOf } from './problem.js'
import { ofWorker } from './share.js'

const [mostFailures, firstPause] = [6, 10 * second]
/** What failed for no reason of its own is tried again a few times; undefined when that is enough. */
const pauseAfter = (failures: number): number | undefined =>
  failures > mostFailures ? undefined : firstPause * 2 ** (failures - 1)

const openFor = (asking: readonly string[]): Promise<Invocation> => open(`worker ${randomUUID()}`, ofWorker, asking)

/** What fails too often is found by the tick. */
async function afterFailure(event: LaneEvent, againMs: number | undefined, failure: unknown): Promise<void> {
  console.error(problemOf(failure).message)
  const failures = event.failures + 1
  const times = [againMs, pauseAfter(failures)].filter((ms) => ms !== undefined)
  await (times.length === 0 ? end(event) : goOn(event, Math.min(...times), failures))
}

async function advanceRun(event: LaneEvent): Promise<void> {
  if (!(await isTurnOf(event))) return
  const early = event.notBefore - Date.now()
  if (early > 0) return goOn(event, early, event.failures)
  await begin(event)
  const opened = await openFor([])
  const { againMs, failure, known } = await workInLane(opened)
  if (failure !== undefined) return afterFailure(event, againMs, failure)
  if (againMs === undefined) return end(event)
  await goOn(event, againMs, 0)
  // Somebody who woke the lane just before that was noted may have been overwritten.
  if ((await opened.app.executing()).some(({ runId }) => !known.has(runId))) await wake()
}

async function answer(event: AskedEvent): Promise<void> {
  const { job, turn } = event
  // Delivered a second time.
  if (await isOver(job, turn)) return
  const kept = await readAsked(event)
  if (kept === undefined) return
  await keepWaiting(job, Date.now(), turn)
  const { operation, asked, by } = kept
  try {
    await keepOutcome(job, await act(operation, asked, by, await openFor([by])))
  } catch (failure) {
    if (failure instanceof Unfinished) await pushOn({ ...event, failures: 0 }, failure.waitMs)
    else if (failure instanceof UsageError || failure instanceof DirectoryError)
      await keepOutcome(job, { error: problemOf(failure) })
    else throw failure
  }
}

async function answerAgain(event: AskedEvent, failure: unknown): Promise<void> {
  const problem = problemOf(failure)
  const failures = event.failures + 1
  const pause = pauseAfter(failures)
  await (pause === undefined ? keepOutcome(event.job, { error: problem }) : pushOn({ ...event, failures }, pause))
}

/** Carries on one event. */
export async function worker({ body }: { readonly body: WorkEvent }): Promise<void> {
  if (body.kind === 'asked') await answer(body).catch((failure: unknown) => answerAgain(body, failure))
  else await advanceRun(body).catch((failure: unknown) => afterFailure(body, undefined, failure))
}
