// One round of the worker: a tick of the app, with a time slice for every run. It logs each failure and continues.

import type { App, TimeSlice } from '@rollcall/core'
import { explain } from './exit-codes.js'

const longest = 60_000

/** A time slice by the monotonic clock: the clocks of this machine and of Atlassian may differ by days. */
function timeSlice(): TimeSlice {
  const begun = performance.now()
  return { until: Infinity, usedUp: () => performance.now() - begun >= longest }
}

/** Makes one round; `log` receives a sentence about each failure. */
export async function round(app: App, log: (sentence: string) => void): Promise<void> {
  try {
    // A schedule syncs first. The time slice does not interrupt a sync, since the next round would only continue it.
    await app.tick((piece) => (piece === 'run' ? timeSlice() : { until: Infinity }), {
      by: 'worker',
      onFailure({ runId, failure }) {
        log(`${runId === undefined ? '' : `Run ${runId} cannot continue. `}${explain(failure).sentence}`)
      },
    })
  } catch (failure) {
    log(explain(failure).sentence)
  }
}
