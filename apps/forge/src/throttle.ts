// Throttle: at most a number of calls start in any second; further calls wait for their turn.

import { setTimeout as sleep } from 'node:timers/promises'
import { second } from '@rollcall/core'

/** Makes a throttle. Each call of it resolves when the next call may start. */
export function createThrottle(perSecond: number): () => Promise<void> {
  const started: number[] = []
  let last = Promise.resolve()
  async function turn(): Promise<void> {
    const first = started.length < perSecond ? undefined : started.shift()
    if (first !== undefined) await sleep(Math.max(0, first + second - performance.now()))
    started.push(performance.now())
  }
  return () => (last = last.then(turn))
}
