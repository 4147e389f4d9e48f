// Controls: asks the app for something as a person would, and judges the answer. A person who may stop can stop, in bounded
// time (I10), and what a control says it did, it did (I12): answer, audit log and effect agree.

import { DirectoryError, minute, second, UsageError } from '@rollcall/core'
import type { AuditFact, Run } from '@rollcall/core'
import { BrokenDatabase, type Process } from './process.js'

export type Answer<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'refused'; readonly why: string }
  /** The database or Atlassian fails, or the process died. */
  | { readonly kind: 'failed' }

/** What was asked, from when on in the ledger, and how it was answered. */
export interface Asked<Value> {
  readonly answer: Answer<Value>
  readonly facts: readonly AuditFact[]
  readonly runs: readonly Run[]
}

/** How long a control may take that asks Atlassian nothing, and one that waits for a request on its way. */
const [atOnce, patient] = [2 * second, 10 * minute]

/** Asks for something. A refused request has written nothing but its refusal. */
export async function ask<Value>(
  process: Process,
  what: string,
  deed: () => Promise<Value>,
  within: 'at once' | 'patient' | 'any time' = 'any time',
): Promise<Asked<Value>> {
  const { world, name } = process
  const { ledger, scheduler, bites, auditor, weather } = world
  const [began, facts, runs, wrote] = [scheduler.now, ledger.allFacts.length, ledger.runs.length, process.written]
  world.note(`${name} asks ${what}`)
  const dead = new Promise<Answer<Value>>((resolve) => void process.whenDead.push(() => resolve({ kind: 'failed' })))
  const asked = deed().then(
    (value): Answer<Value> => ({ kind: 'done', value }),
    (error: unknown): Answer<Value> => {
      if (error instanceof UsageError) return { kind: 'refused', why: error.message }
      if (!(error instanceof BrokenDatabase || error instanceof DirectoryError))
        auditor.violate(`unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      return { kind: 'failed' }
    },
  )
  const answer = await Promise.race([dead, asked])
  const took = scheduler.now - began
  const excused = bites['F14 paused past the lease'] > 0 || weather.slow || answer.kind === 'failed'
  if (!excused && within !== 'any time' && took > (within === 'at once' ? atOnce : patient))
    auditor.violate(`I10: ${what} took ${Math.round(took / second)} seconds`)
  if (
    answer.kind === 'refused' &&
    within !== 'patient' &&
    process.written > wrote &&
    !/approve|exclude|protect/.test(what)
  )
    auditor.violate(`I12: ${what} was refused (${answer.why}), and yet it wrote something`)
  return {
    answer,
    facts: ledger.allFacts.slice(facts).map(({ value }) => value),
    runs: ledger.runs.slice(runs).map(({ value }) => value),
  }
}

/** Judges a control that stops something: it is never refused, and the runs that it names are over or stopped. */
export function judgeStop(
  process: Process,
  what: string,
  { answer, runs }: Asked<unknown>,
  concerned: readonly Run[],
): void {
  const { auditor } = process.world
  if (answer.kind === 'refused') auditor.violate(`I10: ${what} was refused: ${answer.why}`)
  if (answer.kind !== 'done') return
  for (const { runId } of concerned)
    if (!runs.some((one) => one.runId === runId && one.status !== 'executing'))
      auditor.violate(`I10: ${what} was answered, and run ${runId} still executes`)
}

/** Judges that what was answered is in the log. */
export function judgeLogged(
  process: Process,
  what: string,
  { answer, facts }: Asked<unknown>,
  fits: (fact: AuditFact) => boolean,
): void {
  if (answer.kind === 'done' && !facts.some(fits)) process.world.auditor.violate(`I12: ${what} is not in the audit log`)
}
