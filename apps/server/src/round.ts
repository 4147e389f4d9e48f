// One round of the worker: a tick of the app, with a time slice for every run. It logs each failure and goes on.

import type { App, TimeSlice } from '@rollcall/core'
import { explain } from './exit-codes.js'

const longest = 60_000

/** A time slice by a clock that nobody sets: this machine's and Atlassian's may be days apart. */
function timeSlice(): TimeSlice {
  const begun = performance.now()
  return { until: Infinity, usedUp: () => performance.now() - begun >= longest }
}

/** Makes one round; `log` receives a sentence about each failure. */
export async function round(app: App, log: (sentence: string) => void): Promise<void> {
  try {
    // A schedule syncs first: that is not interrupted, since the next round would only go on with it.
    await app.tick((piece) => (piece === 'run' ? timeSlice() : { until: Infinity }), {
      by: 'worker',
      onFailure({ runId, failure }) {
        log(`${runId === undefined ? '' : `Run ${runId} does not go on. `}${explain(failure).sentence}`)
      },
    })
  } catch (failure) {
    log(explain(failure).sentence)
  }
}
