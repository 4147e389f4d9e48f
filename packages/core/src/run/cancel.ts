// Cancel: a person ends a run for good, in every status that is not its end. The request in flight settles; nothing of the
// run goes on.

import { checkpointRun } from '../audit/checkpoint.js'
import { UsageError } from '../model/errors.js'
import { requireText } from '../model/input-bounds.js'
import { type Run } from '../model/run.js'
import { next, possibleIn } from '../model/run-life.js'
import type { Ports } from '../ports.js'

/** How often Rollcall tries again while a process writes the run. */
const tries = 20

/** Ends a run that may still go on; returns one that is cancelled already. Throws a `UsageError` for one that has ended. */
export async function cancelRun(run: Run, by: string, ports: Ports, reason?: string): Promise<Run> {
  const { store, auditLog, system } = ports
  if (reason !== undefined) requireText('reason', 'reason', reason)
  let current = run
  for (let tried = 0; tried < tries; tried += 1) {
    if (current.status === 'cancelled') return current
    if (!possibleIn.cancel.includes(current.status))
      throw new UsageError(
        `Run ${run.runId} is ${current.status} already. ${current.status === 'finished' ? 'Undo it instead.' : 'It never runs.'}`,
      )
    const sent = (await store.steps(run.runId)).some(({ state }) => state === 'sent')
    const settling = sent || current.status === 'executing'
    const cancelled = next(current, { kind: 'cancel', by, at: system.now(), settling })
    // The effect comes before the log: a log that cannot be written must not keep anybody from stopping a run.
    if (await store.updateRun(cancelled)) {
      const ids = { runId: run.runId, planId: run.planId }
      const why = reason === undefined ? {} : { reason }
      await auditLog.append({ at: system.now(), actor: by, event: 'run-cancelled', ...ids, ...why })
      await checkpointRun(ports)
      return (await store.run(run.runId)) ?? cancelled
    }
    current = (await store.run(run.runId)) ?? current
  }
  throw new UsageError(`Another process keeps writing run ${run.runId}. Use the stop switch, then try again.`)
}
