// Outcomes of jobs: how an operation that somebody waits for went, kept for a day. Large values are kept in parts.

import { minute } from '@rollcall/core'
import type { Problem } from './problem.js'
import { values } from './values.js'

/** What an operation answered, or why it did not. */
export type Outcome = { readonly value: unknown } | { readonly refused: unknown } | { readonly error: Problem }
type Kept = { readonly state: 'waiting'; readonly at: number } | { readonly state: 'done'; readonly parts: number }

/** A part and its name fit into one value of 240 KiB, whatever the characters. */
const partLength = 60_000
/** A job that nobody has touched for so long was lost. */
const lostAfter = 20 * minute

const nameOf = (job: string, part?: number): string => (part === undefined ? `job:${job}` : `job:${job}:${part}`)

/** Notes that a job waits or goes on. */
export const keepWaiting = (job: string, at: number): Promise<void> =>
  values.setForADay(nameOf(job), { state: 'waiting', at } satisfies Kept)

/** Keeps the outcome: its parts first. */
export async function keepOutcome(job: string, outcome: Outcome): Promise<void> {
  const text = JSON.stringify(outcome)
  const parts = Math.ceil(text.length / partLength)
  for (let part = 0; part < parts; part += 1)
    await values.setForADay(nameOf(job, part), text.slice(part * partLength, (part + 1) * partLength))
  await values.setForADay(nameOf(job), { state: 'done', parts } satisfies Kept)
}

/** Says whether a job has ended. */
export const hasOutcome = async (job: string): Promise<boolean> =>
  (await values.get<Kept>(nameOf(job)))?.state === 'done'

/** Reads an outcome; undefined while the job waits. */
export async function readOutcome(job: string, now: number): Promise<Outcome | undefined> {
  const kept = await values.get<Kept>(nameOf(job))
  if (kept === undefined || (kept.state === 'waiting' && now - kept.at > lostAfter))
    return { error: { code: 'lost', message: 'What was asked got lost on its way, so nothing was done. Ask again.' } }
  if (kept.state === 'waiting') return undefined
  const texts: string[] = []
  for (let part = 0; part < kept.parts; part += 1) texts.push((await values.get<string>(nameOf(job, part))) ?? '')
  return JSON.parse(texts.join('')) as Outcome
}
