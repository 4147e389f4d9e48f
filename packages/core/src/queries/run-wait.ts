// What a run waits for, as far as another process can see.

import { leaseRuns } from '../run/lease.js'
import type { Run } from '../model/run.js'
import type { Step } from '../model/step.js'
import { formatInstant, second, type Instant } from '../model/time.js'
import type { Lease } from '../model/lease.js'

/** A run without any progress for longer than this is waiting. */
const slow = 10 * second

export interface RunWait {
  /** `rest`: canary pause; `throttled`: rate limit; `turn`: other runs first; `answer`: late response; `silent`: the worker does not respond; `nobody`: no worker. */
  readonly kind: 'rest' | 'throttled' | 'turn' | 'answer' | 'silent' | 'nobody'
  readonly sentence: string
  /** When the wait ends, where that is known. */
  readonly until: string | null
}

const waitFor = (kind: RunWait['kind'], sentence: string, until: Instant | undefined = undefined): RunWait => ({
  kind,
  sentence,
  until: until === undefined ? null : formatInstant(until),
})

/** The state around a run: the lease, other runs, rate limits. */
export interface Around {
  readonly lease: Lease | undefined
  /** Other executing runs. */
  readonly others: readonly Run[]
  /** Until when Atlassian accepts no more requests; undefined without such a limit. */
  readonly throttled?: Instant | undefined
}

/** When a run last made progress. */
function lastProgress({ startedAt, approvedAt = 0, restUntil = 0 }: Run, steps: readonly Step[]): Instant {
  const signs = steps.map(({ intentAt = 0, sentAt = 0, endedAt = 0 }) => Math.max(intentAt, sentAt, endedAt))
  return signs.reduce((last, sign) => Math.max(last, sign), Math.max(startedAt, approvedAt, restUntil))
}

/** Says what a run waits for, by the lease and the other executing runs; undefined while it makes progress. */
export function waitOf(
  run: Run,
  steps: readonly Step[],
  { lease, others, throttled }: Around,
  now: Instant,
): RunWait | undefined {
  const { restUntil } = run
  if (restUntil !== undefined && restUntil > now)
    return waitFor(
      'rest',
      'Canary pause: the run waits so that people can notice problems with its first accounts.',
      restUntil,
    )
  if (throttled !== undefined && throttled > now)
    return waitFor('throttled', 'Atlassian limits the rate of requests. The run continues by itself.', throttled)
  const still = now - lastProgress(run, steps)
  if (still < slow) return undefined
  const moved = `No progress for ${Math.round(still / second)} seconds`
  if (lease === undefined)
    return waitFor(
      'nobody',
      `${moved}: no process works on this run. The service is not running, or has not picked it up yet.`,
    )
  if (!leaseRuns(lease, now))
    return waitFor(
      'silent',
      `${moved}, and the process that worked on it does not respond: it ended, or it waits for Atlassian. Another process may take over now.`,
    )
  const undo = run.undoOf === undefined && others.some(({ undoOf }) => undoOf !== undefined)
  if (undo) return waitFor('turn', `${moved}: an undo goes first.`)
  if (others.length > 0)
    return waitFor(
      'turn',
      `${moved}: other runs are executing and runs go one after another, or Atlassian responds late.`,
    )
  return waitFor(
    'answer',
    `${moved}: Atlassian responds late or limits the rate. If the process that works on it has ended, another one takes over within two minutes.`,
  )
}
