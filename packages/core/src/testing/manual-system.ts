// A system for tests: its clock moves only by `advance` and `wait`, its ids count up, its hash is real.

import type { System } from '../model/system.js'
import type { Duration, Instant } from '../model/time.js'
import { sha256 } from './sha256.js'

export interface ManualSystem extends System {
  /** Moves the clock forward; a negative length moves it back. */
  advance(length: Duration): void
  /** The sum of all waits. */
  waited(): Duration
  /** A copy with the same time and the same next id. */
  copy(): ManualSystem
}

/** The instant at which tests begin by default, a Tuesday. */
export const testNow: Instant = Date.UTC(2026, 10, 24, 8)

/** Makes a system whose clock shows `start`. */
export function manualSystem(start: Instant = testNow, idsGiven = 0): ManualSystem {
  let [shown, ids, waited] = [start, idsGiven, 0]
  return {
    now: () => shown,
    newId: () => `id-${String((ids += 1)).padStart(4, '0')}`,
    digest: sha256,
    wait(ms) {
      shown += ms
      waited += ms
      return Promise.resolve()
    },
    advance: (length) => void (shown += length),
    waited: () => waited,
    copy: () => manualSystem(shown, ids),
  }
}
