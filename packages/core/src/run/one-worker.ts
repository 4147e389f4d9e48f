// One worker per process: the lease keeps other processes away, but its owner would get it twice.

import type { RunId } from '../model/ids.js'
import type { Run } from '../model/run.js'
import type { Ports } from '../ports.js'

type Work<Rest extends readonly unknown[]> = (runId: RunId, ...rest: Rest) => Promise<Run | undefined>

/** Makes the work of one process: a call during another one changes nothing, as if another process held the lease. */
export function oneWorker<Rest extends readonly unknown[]>(
  work: Work<Rest>,
  { store }: Pick<Ports, 'store'>,
): Work<Rest> {
  let working = false
  return async (runId, ...rest) => {
    if (working) {
      const run = await store.run(runId)
      return run?.status === 'executing' ? undefined : run
    }
    working = true
    try {
      return await work(runId, ...rest)
    } finally {
      working = false
    }
  }
}
