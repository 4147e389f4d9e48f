// Outcomes of background jobs: the result of an operation that a page waits for, stored for a day.

import type { Result } from '@rollcall/api'
import { hour } from '@rollcall/core'
import { keepInParts, readParts } from './parts.js'
import type { Problem } from './problem.js'
import { values } from './values.js'

/** The result of an operation, its refusal, or its error. */
export type Outcome = Result | { readonly error: Problem }
type Kept =
  /** `turn`: how often it was queued again; `at`: when it continues, in epoch milliseconds. */
  | { readonly state: 'waiting'; readonly at: number; readonly turn: number }
  | { readonly state: 'done'; readonly parts: number }

/**
 * A job without news for this long counts as lost. Before that it may wait for the job in front of it, for the platform,
 * which tries again after up to 15 minutes, and for Atlassian.
 */
const lostAfter = hour
const lost: Outcome = {
  error: {
    code: 'lost',
    message:
      'There was no news of this request for an hour, so it is unknown whether it was done. Check before you try again.',
  },
}

const nameOf = (job: string): string => `job:${job}`
const read = (job: string): Promise<Kept | undefined> => values.get<Kept>(nameOf(job))

/** Stores that a job waits until an instant, or continues. */
export const keepWaiting = (job: string, at: number, turn = 0): Promise<void> =>
  values.setForADay(nameOf(job), { state: 'waiting', at, turn } satisfies Kept)

/** Stores the outcome; its parts first. */
export async function keepOutcome(job: string, outcome: Outcome): Promise<void> {
  const parts = await keepInParts(nameOf(job), outcome)
  await values.setForADay(nameOf(job), { state: 'done', parts } satisfies Kept)
}

/** Says whether this turn of a job is over, so that an event delivered twice does nothing the second time. */
export async function isOver(job: string, turn: number): Promise<boolean> {
  const kept = await read(job)
  return kept?.state === 'done' || (kept?.state === 'waiting' && kept.turn > turn)
}

/** Reads an outcome; undefined while the job waits. */
export async function readOutcome(job: string, now: number): Promise<Outcome | undefined> {
  const kept = await read(job)
  if (kept?.state === 'waiting') return now - kept.at > lostAfter ? lost : undefined
  return kept === undefined ? lost : (((await readParts(nameOf(job), kept.parts)) as Outcome | undefined) ?? lost)
}
