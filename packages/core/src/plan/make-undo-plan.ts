// Makes the plan that undoes a run. It carries the policy and the scope of the run's own plan.

import { limitsDigest, protectedDigest } from '../guard/digests.js'
import { brandId, type AccountId, type PlanId } from '../model/ids.js'
import { defaultLimits, effectiveLimits } from '../model/limits.js'
import type { Organization } from '../model/organization.js'
import type { Plan } from '../model/plan.js'
import { withFingerprint } from '../model/plan-fingerprint.js'
import type { Run } from '../model/run.js'
import { readLimits } from '../policy/organization-limits.js'
import type { Ports } from '../ports.js'
import { protectionRules } from '../settings/confirmed-people.js'
import { newestSnapshot } from '../sync/snapshot-reader.js'
import { savePlan } from './save-plan.js'
import type { Step } from '../model/step.js'
import { requireKnown } from './leave-out.js'
import { draftUndo, hasEffect, seatsNeeded } from './undo.js'

/** The steps of the named accounts, or all. Throws a `UsageError` for an account of which the run changed nothing. */
function stepsOf(steps: readonly Step[], only: readonly AccountId[] | undefined): readonly Step[] {
  if (only === undefined) return steps
  requireKnown(only, new Set(steps.filter(hasEffect).map(({ accountId }) => accountId)), 'what this run changed')
  return steps.filter(({ accountId }) => only.includes(accountId))
}

/** What an undo relies on, or nothing where it cannot be read: an undo must stay possible. */
const readable = <Value>(reading: Promise<Value>): Promise<Value | undefined> => reading.catch(() => undefined)

/** The run's organization under its present name; the name of that time where Atlassian does not show it. */
async function organizationNow({ organization }: Plan, { directory }: Ports): Promise<Organization> {
  const now = await readable(directory.organization())
  return now?.id === organization.id ? now : organization
}

/** Makes and stores the plan that undoes a run, or only what it changed of some accounts. */
export async function makeUndoPlan(
  { runId }: Run,
  origin: Plan,
  by: string,
  ports: Ports,
  only?: readonly AccountId[],
): Promise<Plan> {
  const { store, system } = ports
  const snapshot = await newestSnapshot(ports)
  const steps = stepsOf(await store.steps(runId), only)
  const { actions, excluded, population } = await draftUndo(origin, steps, ports)
  const limits = (await readable(readLimits(ports))) ?? defaultLimits
  const protections = (await readable(protectionRules(ports))) ?? []
  const {
    action: _action,
    group: _group,
    excludedAccounts: _excluded,
    excludesNobody: _nobody,
    leftOut: _left,
    frees: _frees,
    take: _take,
    asked: _asked,
    excludedWhenAsked: _whenAsked,
    ...inherited
  } = origin
  const content = {
    ...inherited,
    organization: await organizationNow(origin, ports),
    actions,
    excluded,
    population,
    madeBy: by,
    conditions: null,
    protectedDigest: await protectedDigest(protections, ports),
    limits: effectiveLimits(limits, {}),
    limitsDigest: await limitsDigest(limits, ports),
    seats: await seatsNeeded(actions, snapshot, ports),
    snapshotId: snapshot.id,
    snapshotAsOf: snapshot.asOf ?? snapshot.startedAt,
    undoOf: runId,
    undoneSteps: steps.filter(hasEffect).length,
    ...(only === undefined ? {} : { partial: true as const }),
    scheduled: false,
    source: 'undo' as const,
  }
  const plan = await withFingerprint(content, brandId<PlanId>(system.newId()), system.now(), system)
  return savePlan(plan, by, ports)
}
