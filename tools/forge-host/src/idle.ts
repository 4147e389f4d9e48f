// Waits until nothing runs and no event waits; skips delays when only time is missing.

import type { HostClock } from './clock.js'
import type { Queue } from './queue/queue.js'

export interface IdleOptions {
  readonly clock: HostClock
  readonly queue: Queue
  readonly running: ReadonlyMap<string, unknown>
  readonly skipDelays: boolean
}

/** Makes the watch. Call `changed` after each step of the queue and each end of an invocation. */
export function createIdle({ clock, queue, running, skipDelays }: IdleOptions) {
  let waiters: (() => void)[] = []
  let looking = false
  const busy = () => {
    const { ready, delayed, active } = queue.pending()
    return running.size + ready + delayed + active > 0
  }
  function look(): void {
    looking = false
    const { ready, delayed, active } = queue.pending()
    if (!busy()) {
      for (const wake of waiters.splice(0)) wake()
    } else if (skipDelays && running.size + ready + active === 0 && delayed > 0) clock.skip()
  }
  const describe = () => {
    const { ready, delayed, active } = queue.pending()
    return `${running.size} functions running, ${active} events being delivered, ${ready} ready, ${delayed} delayed`
  }
  return {
    /** Checks in the next turn of the event loop, so that it sees a step that follows at once. */
    changed(): void {
      if (looking) return
      looking = true
      setImmediate(look)
    },
    async wait(withinMs: number): Promise<void> {
      if (!busy()) return
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>((resolve, reject) => {
        const wake = () => resolve()
        waiters.push(wake)
        timer = setTimeout(() => {
          waiters = waiters.filter((one) => one !== wake)
          reject(new Error(`Not idle after ${withinMs} ms: ${describe()}`))
        }, withinMs)
      }).finally(() => clearTimeout(timer))
    },
  }
}
