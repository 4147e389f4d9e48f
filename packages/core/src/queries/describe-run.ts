// Runs as JSON.

import { remedyOf } from '../guard/refusals.js'
import type { Remedy } from '../model/remedy.js'
import type { Ports } from '../ports.js'
import type { HaltCause, Run } from '../model/run.js'
import { countsOf } from '../model/step.js'
import { formatInstant } from '../model/time.js'

/** What helps against a cause. The reasons of the other causes say it themselves. */
const helpsAgainst: Partial<Readonly<Record<HaltCause, Remedy>>> = {
  breaker: 'check-accounts',
  unavailable: 'resume-run',
}

function remedyFor({ status, stoppedBy, haltCause }: Run): Remedy | null {
  // A cancelled run never goes on.
  if (status === 'cancelled') return null
  if (stoppedBy !== undefined) return remedyOf(stoppedBy)
  return haltCause === undefined ? null : (helpsAgainst[haltCause] ?? null)
}

/** A run with its counts, as JSON. Times are ISO strings. */
export async function describeRun(run: Run, { store }: Ports) {
  const plan = await store.planHead(run.planId)
  const total = plan?.accounts ?? 0
  return {
    runId: run.runId,
    planId: run.planId,
    policy: plan?.policy ?? null,
    status: run.status,
    startedAt: formatInstant(run.startedAt),
    finishedAt: run.finishedAt === undefined ? null : formatInstant(run.finishedAt),
    stopReason: run.stopReason ?? null,
    cancelledBy: run.cancelledBy ?? null,
    /** What the admin can do about what stopped it. */
    remedy: remedyFor(run),
    undoOf: run.undoOf ?? null,
    restUntil: run.restUntil === undefined ? null : formatInstant(run.restUntil),
    refusals: run.refusals ?? [],
    total,
    counts: countsOf(await store.steps(run.runId), total),
  }
}

/** Lists the plans that need approval or are blocked, each with its run, which has the refusals of that time. */
export async function waiting({ store }: Ports) {
  const runs = [...(await store.runsWith('quarantined')), ...(await store.runsWith('awaiting-approval'))]
  const found = []
  for (const run of runs) {
    const plan = await store.planHead(run.planId)
    if (plan !== undefined) found.push({ run, plan })
  }
  return found
}
