// What a run waits for, as far as it can be told from outside the process that works on it.

import { leaseRuns } from '../run/lease.js'
import type { Run } from '../model/run.js'
import type { Step } from '../model/step.js'
import { formatInstant, second, type Instant } from '../model/time.js'
import type { Lease } from '../model/lease.js'

/** A run that shows no sign of life for longer than this is waiting. */
const slow = 10 * second

export interface RunWait {
  /** It rests; Atlassian asked for a pause; other runs are under way; an answer is late; whoever worked went silent; nobody works on it. */
  readonly kind: 'rest' | 'throttled' | 'turn' | 'answer' | 'silent' | 'nobody'
  readonly sentence: string
  /** When it ends, where that is known. */
  readonly until: string | null
}

const says = (kind: RunWait['kind'], sentence: string, until: Instant | undefined = undefined): RunWait => ({
  kind,
  sentence,
  until: until === undefined ? null : formatInstant(until),
})

/** What is known of the world around a run. */
export interface Around {
  readonly lane: Lease | undefined
  /** Other runs under way. */
  readonly others: readonly Run[]
  /** Until when Atlassian asked for no more requests; undefined where it did not. */
  readonly throttled?: Instant | undefined
}

/** When a run last showed a sign of life. */
function lastSign({ startedAt, approvedAt = 0, restUntil = 0 }: Run, steps: readonly Step[]): Instant {
  const signs = steps.map(({ intentAt = 0, leftAt = 0, endedAt = 0 }) => Math.max(intentAt, leftAt, endedAt))
  return signs.reduce((last, sign) => Math.max(last, sign), Math.max(startedAt, approvedAt, restUntil))
}

/** Says what a run waits for, by the lane and by the other runs under way; undefined while it goes on. */
export function waitOf(
  run: Run,
  steps: readonly Step[],
  { lane, others, throttled }: Around,
  now: Instant,
): RunWait | undefined {
  const { restUntil } = run
  if (restUntil !== undefined && restUntil > now)
    return says('rest', 'It rests, so that people can notice what its first accounts met with.', restUntil)
  if (throttled !== undefined && throttled > now)
    return says('throttled', 'Atlassian asked for fewer requests. It goes on by itself.', throttled)
  const still = now - lastSign(run, steps)
  if (still < slow) return undefined
  const moved = `Nothing has moved for ${Math.round(still / second)} seconds`
  if (lane === undefined)
    return says('nobody', `${moved}: nobody works on it. The service is not running, or its next turn has not come.`)
  if (!leaseRuns(lane, now))
    return says(
      'silent',
      `${moved}, and whoever worked on it has gone silent: it was ended, or Atlassian has it wait for minutes. Another process may take over by now.`,
    )
  const undo = run.undoOf === undefined && others.some(({ undoOf }) => undoOf !== undefined)
  if (undo) return says('turn', `${moved}: an undo goes first.`)
  if (others.length > 0)
    return says('turn', `${moved}: other runs are under way and one goes after another, or an answer is late.`)
  return says(
    'answer',
    `${moved}: an answer of Atlassian is late, or Atlassian asked for fewer requests. If the process that works on it was ended, another one takes over within two minutes.`,
  )
}
