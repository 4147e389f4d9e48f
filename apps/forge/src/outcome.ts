// Outcomes of jobs: how an operation that somebody waits for went, kept for a day.

import { hour } from '@rollcall/core'
import { keepInParts, readParts } from './parts.js'
import type { Problem } from './problem.js'
import { values } from './values.js'

/** What an operation answered, or why it did not. */
export type Outcome = { readonly value: unknown } | { readonly refused: unknown } | { readonly error: Problem }
type Kept =
  /** `turn`: how often it was pushed on; `at`: when it goes on. */
  | { readonly state: 'waiting'; readonly at: number; readonly turn: number }
  | { readonly state: 'done'; readonly parts: number }

/**
 * Nobody knows what became of a job that was not heard of for so long. Before it goes on it may have to wait for the job in
 * front of it, for the platform, which tries again after up to 15 minutes, and for Atlassian.
 */
const lostAfter = hour
const lost: Outcome = {
  error: {
    code: 'lost',
    message:
      'Nothing was heard of what was asked for an hour, so nobody knows whether it was done. Look before you ask again.',
  },
}

const nameOf = (job: string): string => `job:${job}`
const read = (job: string): Promise<Kept | undefined> => values.get<Kept>(nameOf(job))

/** Notes that a job waits until then, or goes on. */
export const keepWaiting = (job: string, at: number, turn = 0): Promise<void> =>
  values.setForADay(nameOf(job), { state: 'waiting', at, turn } satisfies Kept)

/** Keeps the outcome: its parts first. */
export async function keepOutcome(job: string, outcome: Outcome): Promise<void> {
  const parts = await keepInParts(nameOf(job), outcome)
  await values.setForADay(nameOf(job), { state: 'done', parts } satisfies Kept)
}

/** Says whether this turn of a job is over: it has ended, or was pushed on, and the event has come a second time. */
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
