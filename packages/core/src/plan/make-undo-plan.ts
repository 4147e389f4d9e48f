// Makes the plan that undoes a run. It carries the policy and the scope of the run's own plan.

import { limitsDigest, protectedDigest } from '../guard/digests.js'
import { UsageError } from '../model/errors.js'
import { brandId, type PlanId } from '../model/ids.js'
import { resolveLimits } from '../model/limits.js'
import type { Plan } from '../model/plan.js'
import { withFingerprint } from '../model/plan-fingerprint.js'
import type { Run } from '../model/run.js'
import { readLimits } from '../policy/organization-limits.js'
import type { Ports } from '../ports.js'
import { newestSnapshot } from '../sync/snapshot-reader.js'
import { savePlan } from './make-plan.js'
import { draftUndo, seatsNeeded } from './undo.js'

/** Makes and stores the plan that undoes a run. Throws while the run is executing. */
export async function makeUndoPlan({ runId, status }: Run, origin: Plan, by: string, ports: Ports): Promise<Plan> {
  const { store, system } = ports
  if (status === 'executing')
    throw new UsageError(`Run ${runId} is still executing. Let it finish, or stop it, then undo it.`, undefined, 'stop')
  const snapshot = await newestSnapshot(ports)
  const { actions, excluded, population } = await draftUndo(origin, await store.steps(runId), ports)
  const limits = await readLimits(ports)
  const { action: _action, group: _group, excludedAccounts: _excluded, frees: _frees, ...inherited } = origin
  const content = {
    ...inherited,
    actions,
    excluded,
    population,
    madeBy: by,
    conditions: null,
    protectedDigest: await protectedDigest(await store.protections(), ports),
    limits: resolveLimits(limits, {}),
    limitsDigest: await limitsDigest(limits, ports),
    seats: await seatsNeeded(actions, snapshot, ports),
    snapshotId: snapshot.id,
    snapshotAsOf: snapshot.asOf ?? snapshot.startedAt,
    undoOf: runId,
    scheduled: false,
    source: 'undo' as const,
  }
  const plan = await withFingerprint(content, brandId<PlanId>(system.newId()), system.now(), system)
  return savePlan(plan, by, ports)
}
