// Background jobs: operations that take longer than a page may wait. Each job has a stored request, and an event that is queued
// again until the job has ended.

import { randomUUID } from 'node:crypto'
import { push, type JobEvent } from './jobs.js'
import { keepWaiting } from './outcome.js'
import { keepInParts, readParts } from './parts.js'

/** The stored request of a job: an operation, its input as `asked`, and the requester. */
export interface JobRequest {
  readonly operation: string
  readonly asked: unknown
  readonly by: string
}
const nameOf = (job: string): string => `asked:${job}`

/** Starts a job. Returns its id, with which the page polls for the outcome. */
export async function startJob(request: JobRequest): Promise<string> {
  const job = randomUUID()
  const parts = await keepInParts(nameOf(job), request)
  await keepWaiting(job, Date.now())
  await push({ kind: 'asked', job, parts, turn: 0, failures: 0 })
  return job
}

/** Reads the request of a job; undefined after it has expired. */
export const readRequest = async ({ job, parts }: JobEvent): Promise<JobRequest | undefined> =>
  (await readParts(nameOf(job), parts)) as JobRequest | undefined

/** Continues a job later. */
export async function continueLater({ job, turn, ...rest }: JobEvent, afterMs: number): Promise<void> {
  // Stored before the push, so that the current event ends at once if the platform delivers it again.
  await keepWaiting(job, Date.now() + afterMs, turn + 1)
  await push({ ...rest, job, turn: turn + 1 }, afterMs)
}
