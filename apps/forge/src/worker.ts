// The worker: does as much work as one invocation allows, and queues the rest again.

import { DirectoryError, second, Unfinished, UsageError } from '@rollcall/core'
import { randomUUID } from 'node:crypto'
import { runOperation } from './run-operation.js'
import { continueLater, readRequest } from './background-job.js'
import type { JobEvent, ChainEvent, WorkEvent } from './jobs.js'
import { begin, end, continueChain, isTurnOf, wake } from './work-chain.js'
import { workOnce } from './work-once.js'
import { open, type Invocation } from './open.js'
import { isOver, keepOutcome, keepWaiting } from './outcome.js'
import { problemOf } from './problem.js'
import { workerAllowance } from './time-slice.js'

const [maxFailures, firstPause] = [6, 10 * second]
/** The pause before the next retry of a temporary failure; undefined after the last one. */
const pauseAfter = (failures: number): number | undefined =>
  failures > maxFailures ? undefined : firstPause * 2 ** (failures - 1)

const openFor = (requesters: readonly string[]): Promise<Invocation> =>
  open(`worker ${randomUUID()}`, workerAllowance, requesters)

/** After too many failures, the tick retries. */
async function afterFailure(event: ChainEvent, againMs: number | undefined, failure: unknown): Promise<void> {
  console.error(problemOf(failure).message)
  const failures = event.failures + 1
  const times = [againMs, pauseAfter(failures)].filter((ms) => ms !== undefined)
  await (times.length === 0 ? end(event) : continueChain(event, Math.min(...times), failures))
}

async function advanceRun(event: ChainEvent): Promise<void> {
  if (!(await isTurnOf(event))) return
  const early = event.notBefore - Date.now()
  if (early > 0) return continueChain(event, early, event.failures)
  await begin(event)
  const opened = await openFor([])
  const { againMs, failure, known } = await workOnce(opened)
  if (failure !== undefined) return afterFailure(event, againMs, failure)
  if (againMs === undefined) return end(event)
  await continueChain(event, againMs, 0)
  // A wake that came just before may have been overwritten.
  if ((await opened.app.executing()).some(({ runId }) => !known.has(runId))) await wake()
}

async function runJob(event: JobEvent): Promise<void> {
  const { job, turn } = event
  // The platform has delivered the event before.
  if (await isOver(job, turn)) return
  const kept = await readRequest(event)
  if (kept === undefined) return
  await keepWaiting(job, Date.now(), turn)
  const { operation, asked: input, by } = kept
  try {
    await keepOutcome(job, await runOperation(operation, input, by, await openFor([by])))
  } catch (failure) {
    if (failure instanceof Unfinished) await continueLater({ ...event, failures: 0 }, failure.waitMs)
    else if (failure instanceof UsageError || failure instanceof DirectoryError)
      await keepOutcome(job, { error: problemOf(failure) })
    else throw failure
  }
}

async function retryJob(event: JobEvent, failure: unknown): Promise<void> {
  const problem = problemOf(failure)
  const failures = event.failures + 1
  const pause = pauseAfter(failures)
  await (pause === undefined
    ? keepOutcome(event.job, { error: problem })
    : continueLater({ ...event, failures }, pause))
}

/** Handles one event. */
export async function worker({ body }: { readonly body: WorkEvent }): Promise<void> {
  if (body.kind === 'asked') await runJob(body).catch((failure: unknown) => retryJob(body, failure))
  else await advanceRun(body).catch((failure: unknown) => afterFailure(body, undefined, failure))
}
