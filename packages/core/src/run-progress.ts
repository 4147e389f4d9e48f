// How far a run is, how fast it goes, and what it waits for.

import { countsOf, type Step } from './step.js'
import type { Run } from './run.js'
import { formatInstant, minute, second, type Instant } from './time.js'

/** The rate is that of the last minutes, since Atlassian may slow a run down. */
const window = 5 * minute
/** A run that shows no sign of life for longer than this is waiting. */
const slow = 10 * second

export interface RunProgress {
  readonly perMinute: number | null
  readonly secondsLeft: number | null
  /** A sentence, where a run stands still. */
  readonly waits: string | null
}

/** Says what a run waits for; undefined while it goes on. */
function waitsFor({ restUntil, startedAt }: Run, steps: readonly Step[], now: Instant): string | undefined {
  if (restUntil !== undefined && restUntil > now)
    return `It rests until ${formatInstant(restUntil)}, so that people can notice what its first accounts met with.`
  const signs = steps.map(({ intentAt = 0, leftAt = 0, endedAt = 0 }) => Math.max(intentAt, leftAt, endedAt))
  const still = now - Math.max(startedAt, ...signs)
  if (still < slow) return undefined
  return `Nothing has moved for ${Math.round(still / second)} seconds: an answer of Atlassian is late, or Atlassian asked for fewer requests. It goes on by itself.`
}

/** Measures a run; there is nothing to measure once it does not execute. */
export function progressOf(run: Run, steps: readonly Step[], planned: number, now: Instant): RunProgress {
  if (run.status !== 'executing') return { perMinute: null, secondsLeft: null, waits: null }
  const ended = steps.flatMap(({ endedAt }) => (endedAt === undefined ? [] : [endedAt]))
  const from = Math.max(now - window, Math.min(...ended, now))
  const recent = ended.filter((at) => at >= from).length
  const minutes = (now - from) / minute
  const perMinute = recent > 1 && minutes > 0 ? recent / minutes : undefined
  const left = countsOf(steps, planned).notAttempted
  return {
    perMinute: perMinute === undefined ? null : Math.round(perMinute * 10) / 10,
    secondsLeft: perMinute === undefined ? null : Math.round((left / perMinute) * 60),
    waits: waitsFor(run, steps, now) ?? null,
  }
}
