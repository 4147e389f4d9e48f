// Pace: so many calls begin in any second, and the others wait for their turn.

import { setTimeout as sleep } from 'node:timers/promises'
import { second } from '@rollcall/core'

/** Makes a pace; each call of it resolves when the next one may begin. */
export function createPace(perSecond: number): () => Promise<void> {
  const begun: number[] = []
  let last = Promise.resolve()
  async function turn(): Promise<void> {
    const first = begun.length < perSecond ? undefined : begun.shift()
    if (first !== undefined) await sleep(Math.max(0, first + second - performance.now()))
    begun.push(performance.now())
  }
  return () => (last = last.then(turn))
}
