// One round of the worker: what is done once a day, what is due by schedule, and a share of time for every run. What fails
// is told, and holds up nothing that stands behind it.

import type { App, TimeSlice } from '@rollcall/core'
import { explain } from './exit-codes.js'

const longest = 60_000

/** A share of time by a clock that nobody sets: neither this machine's nor Atlassian's, which may be days apart. */
function shareOfTime(): TimeSlice {
  const begun = performance.now()
  return { until: Infinity, usedUp: () => performance.now() - begun >= longest }
}

/** Once a day (UTC): signs the newest audit entry, and removes what is older than the log is kept. */
function onceADay() {
  let done = ''
  return async (app: App): Promise<void> => {
    const today = new Date(app.now()).toISOString().slice(0, 10)
    if (done === today) return
    await app.keepAudit('worker')
    done = today
  }
}

/** Makes rounds; `tell` hears a sentence about whatever fails. */
export function createRounds(tell: (sentence: string) => void): (app: App) => Promise<void> {
  const daily = onceADay()
  async function telling(act: () => Promise<unknown>, what = ''): Promise<void> {
    try {
      await act()
    } catch (failure) {
      tell(`${what}${explain(failure).sentence}`)
    }
  }
  return async (app) => {
    await telling(() => daily(app))
    // A schedule that cannot fire does not hold up the runs that are on their way.
    await telling(() => app.fireDue('worker'))
    await telling(async () => {
      for (const { runId } of await app.executing())
        await telling(() => app.work(runId, shareOfTime()), `Run ${runId} does not go on. `)
    })
  }
}
