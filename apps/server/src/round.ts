// One round of the worker: a tick of the app, with a time slice for every run. It logs each failure and continues.

import type { App, TimeSlice } from '@rollcall/core'
import { explain } from './exit-codes.js'

const longest = 60_000

/** A time slice by the monotonic clock: the clocks of this machine and of Atlassian may differ by days. */
function runSlice(ended: AbortSignal): TimeSlice {
  const begun = performance.now()
  return { until: Infinity, usedUp: () => ended.aborted || performance.now() - begun >= longest }
}

/** The time slice of a sync: it has no end but that of the process, since the next round would only continue it. */
const syncSlice = (ended: AbortSignal): TimeSlice => ({
  get until() {
    return ended.aborted ? -Infinity : Infinity
  },
})

/** Makes one round; `log` receives a sentence about each failure. */
export async function round(
  app: App,
  log: (sentence: string) => void,
  ended: AbortSignal = new AbortController().signal,
): Promise<void> {
  try {
    // A schedule syncs first.
    await app.tick((piece) => (piece === 'run' ? runSlice(ended) : syncSlice(ended)), {
      by: 'worker',
      onFailure({ runId, failure }) {
        log(`${runId === undefined ? '' : `Run ${runId} cannot continue. `}${explain(failure).sentence}`)
      },
    })
  } catch (failure) {
    log(explain(failure).sentence)
  }
}
