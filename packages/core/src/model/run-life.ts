// The life of a run: every change is an event, and this pure reducer returns the new run.
//
//   awaiting-approval, quarantined → executing → finished
//             ↓                        ↓   ↑
//         discarded                   stopped
//
// A withdrawn approval returns an executing run to its earlier status. A person can cancel a run in every status that is
// not its end.

import type { Instant } from './time.js'
import type { Refusal, RefusalCode } from './refusal.js'
import type { HaltCause, Run, RunStatus } from './run.js'

interface Approve {
  readonly by: string
  readonly at: Instant
  readonly accepted: readonly RefusalCode[]
  /** The refusals that were accepted. */
  readonly overruled?: readonly Refusal[]
  /** The first position that the breaker counts: the approver has seen the earlier results. */
  readonly judgedFrom: number
}

export type RunEvent =
  /** A plan without refusals needs approval. */
  | { readonly kind: 'hold' }
  | { readonly kind: 'quarantine'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'discard'; readonly by: string; readonly at: Instant }
  /** Nothing of it goes on. `settling`: a request of it is open, and a worker has to read back what Atlassian shows. */
  | { readonly kind: 'cancel'; readonly by: string; readonly at: Instant; readonly settling: boolean }
  | { readonly kind: 'settled' }
  | ({ readonly kind: 'approve' } & Approve)
  | ({ readonly kind: 'resume' } & Approve)
  /** Takes an approval back: the run becomes `earlier` again, or quarantined where the approval created it. */
  | { readonly kind: 'withdraw'; readonly earlier: Run | undefined }
  | { readonly kind: 'canary-pause'; readonly until: Instant }
  | { readonly kind: 'stage-ended'; readonly stage: number }
  /** A cause or a refusal of guard stops it. */
  | ({ readonly kind: 'stop'; readonly at: Instant; readonly reason: string; readonly cause?: HaltCause } & Pick<
      Run,
      'stoppedBy'
    >)
  | { readonly kind: 'finish'; readonly at: Instant }

/** The statuses in which an event is possible. */
export const possibleIn: Readonly<Record<RunEvent['kind'], readonly RunStatus[]>> = {
  hold: ['awaiting-approval'],
  quarantine: ['awaiting-approval', 'quarantined'],
  discard: ['awaiting-approval', 'quarantined'],
  cancel: ['awaiting-approval', 'quarantined', 'executing', 'stopped'],
  settled: ['cancelled'],
  approve: ['awaiting-approval', 'quarantined'],
  resume: ['stopped'],
  withdraw: ['executing'],
  'canary-pause': ['executing'],
  'stage-ended': ['executing'],
  stop: ['executing'],
  finish: ['executing'],
}

function executing(run: Run, { by, at, accepted, overruled, judgedFrom }: Approve): Run {
  const { finishedAt: _finished, stopReason: _reason, haltCause: _cause, stoppedBy: _by, ...rest } = run
  const frozen = overruled === undefined ? {} : { overruled }
  return { ...rest, status: 'executing', approvedBy: by, approvedAt: at, accepted, ...frozen, judgedFrom }
}

/** Applies an event to a run. Returns the same run when the event is impossible in its status. */
export function next(run: Run, event: RunEvent): Run {
  if (!possibleIn[event.kind].includes(run.status)) return run
  switch (event.kind) {
    case 'hold':
      return { ...run, refusals: [] }
    case 'quarantine':
      return { ...run, status: 'quarantined', refusals: event.refusals }
    case 'discard':
      return { ...run, status: 'discarded', discardedBy: event.by, finishedAt: event.at }
    case 'cancel': {
      const { restUntil: _pause, ...rest } = run
      // Nobody had approved it: its plan counts as discarded.
      const unapproved = possibleIn.approve.includes(run.status) ? { discardedBy: event.by } : {}
      const ended = { cancelledBy: event.by, finishedAt: event.at, ...unapproved }
      const cancelled: Run = { ...rest, status: 'cancelled', ...ended }
      return event.settling ? { ...cancelled, settling: true } : cancelled
    }
    case 'settled': {
      const { settling: _over, ...rest } = run
      return rest
    }
    case 'approve':
    case 'resume':
      return executing(run, event)
    case 'withdraw':
      return event.earlier === undefined
        ? { ...run, status: 'quarantined', accepted: [] }
        : { ...event.earlier, revision: run.revision }
    case 'canary-pause':
      return { ...run, restUntil: event.until }
    case 'stage-ended': {
      const { restUntil: _over, ...rest } = run
      return { ...rest, stage: event.stage }
    }
    case 'stop': {
      const { at, reason, cause, stoppedBy } = event
      const stopped: Run = { ...run, status: 'stopped', stopReason: reason, finishedAt: at }
      return {
        ...stopped,
        ...(cause === undefined ? {} : { haltCause: cause }),
        ...(stoppedBy === undefined ? {} : { stoppedBy }),
      }
    }
    case 'finish':
      return { ...run, status: 'finished', finishedAt: event.at }
  }
}
