// The scheduler: virtual time, and the order of events. It wakes one waiting task at a time, in an order that the seed
// decides among all that are due. Between two wake-ups every task runs until it waits again.

import type { Random } from './random.js'

/** A task that can be cut off for good, as by kill -9. */
export interface Mortal {
  readonly name: string
  alive: boolean
}

interface Waiting {
  readonly at: number
  readonly who: Mortal | undefined
  readonly wake: () => void
}

/** Waits until every task waits, which is after the last promise that could continue. */
const settled = () => new Promise<void>((resolve) => process.nextTick(resolve))

export class Scheduler {
  private waiting: Waiting[] = []
  events = 0
  constructor(
    private readonly random: Random,
    public now: number,
  ) {}

  /** Waits in virtual time; a dead task never returns. */
  sleep(ms: number, who?: Mortal): Promise<void> {
    return new Promise((wake) => void this.waiting.push({ at: this.now + Math.max(0, ms), who, wake }))
  }

  /** Wakes one task after another until none waits, or until the time limit or the number of events is reached. */
  async run(until: number, most: number): Promise<'done' | 'time' | 'events'> {
    for (;;) {
      await settled()
      let [first, someDied] = [Infinity, false]
      for (const { at, who } of this.waiting) {
        if (who?.alive === false) someDied = true
        else if (at < first) first = at
      }
      if (someDied) this.waiting = this.waiting.filter(({ who }) => who?.alive !== false)
      if (this.waiting.length === 0) return 'done'
      if (this.events >= most) return 'events'
      if (first > until) return 'time'
      this.now = Math.max(this.now, first)
      const due: number[] = []
      for (const [n, { at }] of this.waiting.entries()) if (at <= this.now) due.push(n)
      const [next] = this.waiting.splice(this.random.pick(due), 1)
      if (next === undefined) return 'done'
      this.events += 1
      next.wake()
    }
  }
}
