// The time slice of one invocation: the time and the outgoing requests that the platform allows.

import { getAppContext } from '@forge/api'
import { second, Unfinished, type TimeSlice, type System } from '@rollcall/core'
import { system } from '@rollcall/node'

/** What a kind of function may use. The platform allows 100 outgoing requests for each minute of its time limit. */
export interface Allowance {
  /** Reserved for the end: Rollcall reads back a step that it has sent. */
  readonly reserveMs: number
  readonly requests: number
  /** For a longer wait the invocation ends and continues later, since waiting costs time. */
  readonly maxWaitMs: number
}
export const resolverAllowance: Allowance = { reserveMs: 4 * second, requests: 90, maxWaitMs: 5 * second }
export const workerAllowance: Allowance = { reserveMs: 90 * second, requests: 1400, maxWaitMs: 40 * second }

/** The installation of this invocation. */
export const installation = (): string => getAppContext().installationAri.toString()

/** Milliseconds that the platform leaves this invocation. */
export const timeLeft = (): number => getAppContext().invocationRemainingTimeInMillis()

/** The time slice of this invocation. `requests` returns the number of sent requests. */
export const timeSliceOf = ({ reserveMs, requests: limit }: Allowance, requests: () => number): TimeSlice => ({
  until: Infinity,
  usedUp: () => timeLeft() < reserveMs || requests() >= limit,
})

/** Ends the invocation if a wait is too long for it. */
export function endUnlessWorthWaiting(ms: number, { reserveMs, maxWaitMs }: Allowance): void {
  if (ms > maxWaitMs || ms > timeLeft() - reserveMs / 2) throw new Unfinished(ms)
}

/** The system of this invocation, which ends the invocation instead of a long wait. */
export const systemOf = (allowance: Allowance): System => ({
  ...system,
  async wait(ms) {
    endUnlessWorthWaiting(ms, allowance)
    await system.wait(ms)
  },
})
