// Makes a plan for one request: reads the newest snapshot, selects, drafts, asks Atlassian about the accounts, and stores. It
// changes no account.

import { populationOf } from '../actions/population.js'
import { brandId, type AccountId, type PlanId } from '../model/ids.js'
import { effectiveLimits } from '../model/limits.js'
import type { Plan } from '../model/plan.js'
import { withFingerprint } from '../model/plan-fingerprint.js'
import { policyVersion } from '../policy/policy.js'
import type { Ports } from '../ports.js'
import { readLimits } from '../policy/organization-limits.js'
import { protectionRules } from '../settings/confirmed-people.js'
import { newestSnapshot } from '../sync/snapshot-reader.js'
import { protectedDigest, limitsDigest } from '../guard/digests.js'
import { freedByNew } from './seats-freed.js'
import type { PlanRequest } from './plan-request.js'
import { savePlan } from './save-plan.js'
import { criteriaOf } from './criteria.js'
import { groupIdsOf } from '../sync/references.js'
import { askPlanned, type Asking } from './ask-planned.js'
import { draftFromFilter } from './draft-plan.js'
import { requireKnown } from './leave-out.js'
import type { Snapshot } from '../model/snapshot.js'

/** Throws for accounts to leave out that the snapshot does not have. */
async function requireLeftOut({ leaveOut = [] }: PlanRequest, { id }: Snapshot, { store }: Ports): Promise<void> {
  const known = leaveOut.length === 0 ? [] : await store.someAccounts(id, leaveOut)
  requireKnown(leaveOut, new Set(known.map(({ accountId }) => accountId)), 'the newest snapshot')
}

/** Makes and stores the plan for a request. A caller that may repeat the request passes the id. */
export async function makePlan(
  request: PlanRequest,
  requesters: readonly AccountId[],
  ports: Ports,
  planId?: PlanId,
  asking: Asking = {},
): Promise<Plan> {
  const { system } = ports
  const snapshot = await newestSnapshot(ports)
  const own = await readLimits(ports)
  // Read before the accounts: guard refuses the plan when the list changes meanwhile.
  const listedProtections = await protectionRules(ports)
  const groupIds = await groupIdsOf(request, snapshot, ports)
  await requireLeftOut(request, snapshot, ports)
  const { action, conditions, source, scheduled, by, limits, group } = request
  const criteria = await criteriaOf({ ...request, groupIds }, requesters, snapshot, system.now(), ports)
  const { scope } = criteria
  const effective = effectiveLimits(own, limits)
  const selected = await draftFromFilter(request, criteria, snapshot, ports)
  const drafted = await askPlanned(selected, { criteria, snapshot, vetoDays: effective.veto, asking, ports })
  const content = {
    ...drafted,
    ...(await freedByNew({ ...drafted, snapshotId: snapshot.id }, ports)),
    policy: request.policy?.name ?? null,
    policyVersion: request.policy === undefined ? null : await policyVersion(request.policy, system),
    snapshotId: snapshot.id,
    snapshotAsOf: snapshot.asOf ?? snapshot.startedAt,
    organization: snapshot.organization,
    scope,
    action,
    ...(group === undefined ? {} : { group }),
    ...(limits.take === undefined ? {} : { take: limits.take }),
    conditions: conditions ?? null,
    ...(groupIds.length === 0 ? {} : { groupIds }),
    populationKind: populationOf(criteria) === 'organization' ? ('org-users' as const) : ('product-users' as const),
    limits: effective,
    limitsDigest: await limitsDigest(own, ports),
    protectedDigest: await protectedDigest(listedProtections, ports),
    undoOf: null,
    madeBy: by,
    scheduled,
    source,
  }
  return savePlan(
    await withFingerprint(content, planId ?? brandId<PlanId>(system.newId()), system.now(), system),
    by,
    ports,
  )
}
