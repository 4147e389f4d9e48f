// Criteria: everything that decides about the accounts of a snapshot, for one request.

import { actions } from '../actions/index.js'
import { populationOf } from '../actions/population.js'
import type { ActionId } from '../model/action-id.js'
import type { Exclusion } from '../model/exclusion.js'
import type { Target } from '../model/target.js'
import { UsageError } from '../model/errors.js'
import type { AccountId } from '../model/ids.js'
import type { GroupGrant } from '../model/organization.js'
import type { ConditionNode, Scope } from '../model/policy.js'
import { hasPaidSeats } from '../model/paid-seat.js'
import { placePhrase } from '../model/product-name.js'
import { groupsNamedIn } from '../policy/condition-tree.js'
import type { AccountQuery, Ports } from '../ports.js'
import type { Instant } from '../model/time.js'
import type { PlanRequest } from './plan-request.js'
import type { Protection } from '../model/protection.js'
import type { ManagedList, Snapshot } from '../model/snapshot.js'
import type { Veto } from '../model/veto.js'
import { timeUnknown } from './time-unknown.js'

export interface Criteria {
  readonly scope: Scope
  /** Undefined when a person named the accounts. */
  readonly conditions: ConditionNode | undefined
  readonly action: ActionId
  readonly target: Target
  /** The groups of the target. */
  readonly groups: readonly GroupGrant[]
  readonly protections: readonly Protection[]
  /** Accounts that people restored after Rollcall had removed access. */
  readonly vetoes: readonly Veto[]
  /** Accounts that Rollcall never changes: the requester, and the owner of the API key, where known. */
  readonly requesters: readonly AccountId[]
  /** The snapshot's list of managed accounts. */
  readonly managedList?: ManagedList | undefined
  readonly now: Instant
  /** True when the organization has several directories: a status from its list may be that of another directory. */
  readonly severalDirectories?: boolean
  /** Why the time is unknown; undefined while it is known. */
  readonly unknownTime?: Exclusion | undefined
}

function targetOf({ scope, group }: Pick<PlanRequest, 'scope' | 'group'>, snapshot: Snapshot): Target {
  const named = group === undefined ? {} : { group }
  if (scope === 'organization') return named
  const seats = snapshot.seats.find((one) => one.site === scope.site && one.product === scope.product)
  if (seats !== undefined && hasPaidSeats(seats))
    return { ...named, site: seats.site, product: seats.product, workspace: seats.ari }
  const known = snapshot.seats.filter(hasPaidSeats).map((one) => placePhrase(one.site, one.product))
  throw new UsageError(
    seats === undefined
      ? `${snapshot.organization.name} has no "${scope.product}" on ${scope.site}; it has ${known.join(', ')}.`
      : `${seats.sandbox ? `${scope.site} is a sandbox; it mirrors production and` : `${placePhrase(scope.site, scope.product)} is not online, and`} holds no paid seats. There is ${known.join(', ')}.`,
  )
}

async function groupsOf(
  { action }: Pick<PlanRequest, 'action'>,
  target: Target,
  snapshot: Snapshot,
  { directory }: Ports,
): Promise<readonly GroupGrant[]> {
  if (actions[action].needs === 'group') return directory.groupsNamed(target.group ?? '')
  return snapshot.groups.filter(({ grants }) => grants.some((ari) => ari === target.workspace))
}

/** Throws for a condition on a group that does not exist: "not in group" would match every account. */
export async function requireGroups(
  { conditions }: Pick<PlanRequest, 'conditions'>,
  { organization }: Snapshot,
  { directory }: Ports,
): Promise<void> {
  for (const name of conditions === undefined ? [] : groupsNamedIn(conditions))
    if ((await directory.groupsNamed(name)).length === 0)
      throw new UsageError(`${organization.name} has no group "${name}". Correct the name in the policy's conditions.`)
}

/** The query for all accounts of a snapshot that a plan considers. */
export function accountsInScope(
  criteria: Pick<Criteria, 'scope' | 'action'>,
  { id }: Snapshot,
): Omit<AccountQuery, 'limit' | 'after' | 'sort'> {
  const population = populationOf(criteria)
  if (population === 'organization') return { snapshotId: id }
  return {
    snapshotId: id,
    ...population,
    ...(actions[criteria.action].removesAccess ? { seats: 'held-or-unknown' } : {}),
  }
}

/** Collects the criteria of a request. Throws a `UsageError` when its product does not exist. */
export async function criteriaOf(
  request: Pick<PlanRequest, 'action' | 'scope' | 'group' | 'conditions'>,
  requesters: readonly AccountId[],
  snapshot: Snapshot,
  now: Instant,
  ports: Ports,
): Promise<Criteria> {
  const { action, scope, conditions } = request
  const [protections, vetoes] = [await ports.store.protections(), await ports.store.vetoes()]
  const target = targetOf(request, snapshot)
  const groups = await groupsOf(request, target, snapshot, ports)
  const unknownTime = timeUnknown(ports)
  const severalDirectories = snapshot.directories.length > 1
  const { managedList } = snapshot
  return {
    scope,
    conditions,
    action,
    target,
    groups,
    protections,
    vetoes,
    requesters,
    managedList,
    now,
    severalDirectories,
    unknownTime,
  }
}
