// A job that somebody waits for: what was asked is kept, its event is pushed, and pushed on until it has ended.

import { randomUUID } from 'node:crypto'
import { push, type AskedEvent } from './jobs.js'
import { keepWaiting } from './outcome.js'
import { keepInParts, readParts } from './parts.js'

/** An operation by name, its input, and who asks. */
export interface Asked {
  readonly operation: string
  readonly asked: unknown
  readonly by: string
}
const nameOf = (job: string): string => `asked:${job}`

/** Lets an operation go on by itself; answers its job, by which the page asks how it went. */
export async function askLater(asked: Asked): Promise<string> {
  const job = randomUUID()
  const parts = await keepInParts(nameOf(job), asked)
  await keepWaiting(job, Date.now())
  await push({ kind: 'asked', job, parts, turn: 0, failures: 0 })
  return job
}

/** Reads what was asked; undefined when it is not kept any more. */
export const readAsked = async ({ job, parts }: AskedEvent): Promise<Asked | undefined> =>
  (await readParts(nameOf(job), parts)) as Asked | undefined

/** Lets a job go on later. */
export async function pushOn({ job, turn, ...rest }: AskedEvent, afterMs: number): Promise<void> {
  // Noted first, so that the event which was in hand ends at once when it comes a second time.
  await keepWaiting(job, Date.now() + afterMs, turn + 1)
  await push({ ...rest, job, turn: turn + 1 }, afterMs)
}
