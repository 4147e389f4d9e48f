import { describe, expect, it } from 'vitest'
import { next, type RunEvent } from '../src/model/run-life.js'
import type { Run, RunStatus } from '../src/model/run.js'
import type { Refusal } from '../src/model/refusal.js'

const refusals = [{ code: 'too-many', message: '9 accounts' }] as unknown as readonly Refusal[]
const before = {
  runId: 'run',
  planId: 'plan',
  approvedBy: 'noah',
  accepted: ['too-many'],
  startedAt: 1,
  revision: 4,
} as unknown as Run
const inStatus = (status: RunStatus): Run => ({ ...before, status })

const approval = { by: 'mia', at: 9, accepted: ['anomaly'], judgedFrom: 2 } as const
const waiting = inStatus('awaiting-approval')
const events: Readonly<Record<RunEvent['kind'], RunEvent>> = {
  hold: { kind: 'hold' },
  quarantine: { kind: 'quarantine', refusals },
  discard: { kind: 'discard', by: 'mia', at: 9 },
  cancel: { kind: 'cancel', by: 'mia', at: 9, settling: true },
  settled: { kind: 'settled' },
  approve: { kind: 'approve', ...approval },
  resume: { kind: 'resume', ...approval },
  withdraw: { kind: 'withdraw', earlier: undefined },
  'canary-pause': { kind: 'canary-pause', until: 50 },
  'stage-ended': { kind: 'stage-ended', stage: 1 },
  stop: { kind: 'stop', at: 9, reason: 'the stop switch is on', cause: 'stop-switch' },
  finish: { kind: 'finish', at: 9 },
}
const approved = { status: 'executing', approvedBy: 'mia', approvedAt: 9, accepted: ['anomaly'], judgedFrom: 2 }

const cancelled = { status: 'cancelled', cancelledBy: 'mia', finishedAt: 9, settling: true }

/** What each possible event changes, by the status before; every other pair changes nothing. */
const changes: Readonly<Record<RunStatus, Partial<Record<RunEvent['kind'], object>>>> = {
  'awaiting-approval': {
    hold: { refusals: [] },
    quarantine: { status: 'quarantined', refusals },
    discard: { status: 'discarded', discardedBy: 'mia', finishedAt: 9 },
    cancel: { ...cancelled, discardedBy: 'mia' },
    approve: approved,
  },
  quarantined: {
    quarantine: { refusals },
    discard: { status: 'discarded', discardedBy: 'mia', finishedAt: 9 },
    cancel: { ...cancelled, discardedBy: 'mia' },
    approve: approved,
  },
  discarded: {},
  executing: {
    withdraw: { status: 'quarantined', accepted: [] },
    'canary-pause': { restUntil: 50 },
    'stage-ended': { stage: 1 },
    stop: { status: 'stopped', finishedAt: 9, stopReason: 'the stop switch is on', haltCause: 'stop-switch' },
    finish: { status: 'finished', finishedAt: 9 },
    cancel: cancelled,
  },
  finished: {},
  stopped: { resume: approved, cancel: cancelled },
  cancelled: { settled: {} },
}

describe('the life of a run', () => {
  for (const status of Object.keys(changes) as RunStatus[])
    for (const event of Object.values(events)) {
      const changed = changes[status][event.kind]
      const run = inStatus(status)
      if (changed === undefined) it(`ignores ${event.kind} while ${status}`, () => expect(next(run, event)).toBe(run))
      else it(`applies ${event.kind} while ${status}`, () => expect(next(run, event)).toEqual({ ...run, ...changed }))
    }

  it('drops the stop reason when somebody resumes it', () => {
    const stopped = next(inStatus('executing'), events.stop)
    const { finishedAt, stopReason, haltCause } = next(stopped, events.resume)
    expect([finishedAt, stopReason, haltCause]).toEqual([undefined, undefined, undefined])
  })

  it('has no halt cause when a safety check stops it', () => {
    expect(next(inStatus('executing'), { kind: 'stop', at: 9, reason: 'too old' })).not.toHaveProperty('haltCause')
  })

  it('is settled once the open request of a cancelled run has ended', () => {
    const run = next(inStatus('executing'), events.cancel)
    expect(next(run, events.settled)).not.toHaveProperty('settling')
  })

  it('ends its canary pause when the stage ends', () => {
    const paused = next(inStatus('executing'), events['canary-pause'])
    expect(next(paused, events['stage-ended'])).not.toHaveProperty('restUntil')
  })

  it('returns to its state before a withdrawn approval, and keeps its revision', () => {
    const run = next(waiting, events.approve)
    const raised = { ...run, revision: 5 }
    expect(next(raised, { kind: 'withdraw', earlier: waiting })).toEqual({ ...waiting, revision: 5 })
  })
})
