// The share of one invocation: the time that the platform leaves it, and the requests to the outside that it may send.

import { getAppContext } from '@forge/api'
import { second, Unfinished, type TimeSlice, type System } from '@rollcall/core'
import { system } from '@rollcall/node'

/** What a kind of function may use: requests outside are 100 for each minute of its time limit. */
export interface Allowance {
  /** Kept back for what is under way when the share ends: a step that was sent is read back first. */
  readonly reserveMs: number
  readonly requests: number
  /** Longer waits are not sat out: the invocation ends, and goes on later at no cost. */
  readonly patienceMs: number
}
export const ofResolver: Allowance = { reserveMs: 4 * second, requests: 90, patienceMs: 5 * second }
export const ofWorker: Allowance = { reserveMs: 90 * second, requests: 1400, patienceMs: 40 * second }

/** Which installation this invocation serves. */
export const installation = (): string => getAppContext().installationAri.toString()

/** Milliseconds that the platform leaves this invocation. */
export const timeLeft = (): number => getAppContext().invocationRemainingTimeInMillis()

/** The share of this invocation; `requests` tells how many were sent. */
export const shareOf = ({ reserveMs, requests: most }: Allowance, requests: () => number): TimeSlice => ({
  until: Infinity,
  usedUp: () => timeLeft() < reserveMs || requests() >= most,
})

/** Ends the invocation instead of a wait that is not worth while. */
export function worthWaiting(ms: number, { reserveMs, patienceMs }: Allowance): void {
  if (ms > patienceMs || ms > timeLeft() - reserveMs / 2) throw new Unfinished(ms)
}

/** This machine, which waits only as long as it is worth while. */
export const systemOf = (allowance: Allowance): System => ({
  ...system,
  async wait(ms) {
    worthWaiting(ms, allowance)
    await system.wait(ms)
  },
})
