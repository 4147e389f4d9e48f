// Criteria: everything that decides about the accounts of a snapshot, for one request.

import { actions } from '../actions/index.js'
import { populationOf } from '../actions/population.js'
import type { ActionId } from '../model/action-id.js'
import type { Exclusion } from '../model/exclusion.js'
import type { Target } from '../model/target.js'
import { UsageError } from '../model/errors.js'
import type { AccountId } from '../model/ids.js'
import type { GroupGrant, Seats } from '../model/organization.js'
import type { ConditionNode, Scope } from '../model/policy.js'
import { hasPaidSeats } from '../model/paid-seat.js'
import { isProduct, isSite, placePhrase } from '../model/product-name.js'
import { idsByName, idsNamed, type GroupIdsByName } from '../model/named-group.js'
import { withGroupIds } from '../model/protection.js'
import type { AccountQuery, Ports } from '../ports.js'
import type { Instant } from '../model/time.js'
import type { PlanRequest } from './plan-request.js'
import type { ProtectionRule } from '../model/protection.js'
import type { ManagedList, Snapshot } from '../model/snapshot.js'
import type { Veto } from '../model/veto.js'
import { protectionRules } from '../settings/confirmed-people.js'
import { timeUnknown } from './time-unknown.js'

export interface Criteria {
  readonly scope: Scope
  /** Undefined when a person named the accounts. */
  readonly conditions: ConditionNode | undefined
  readonly action: ActionId
  readonly target: Target
  /** The ids of the groups that the conditions name. */
  readonly groupIds?: GroupIdsByName
  /** The groups of the target. */
  readonly groups: readonly GroupGrant[]
  readonly protections: readonly ProtectionRule[]
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

const isPlace = (named: Exclude<Scope, 'organization'>, { site, product }: Seats): boolean =>
  isSite(site, named.site) && isProduct(product, named.product)

/** The product of a snapshot that a scope names; an exact name goes before one in another case. */
function placeNamed(scope: Exclude<Scope, 'organization'>, { seats }: Snapshot): Seats | undefined {
  const exact = seats.find(({ site, product }) => site === scope.site && product === scope.product)
  return exact ?? seats.find((one) => isPlace(scope, one))
}

/** The scope under Atlassian's own names. Throws a `UsageError` when its product does not exist. */
function scopeIn(scope: Scope, snapshot: Snapshot): Scope {
  if (scope === 'organization') return scope
  const { site = scope.site, product = scope.product } = targetOf({ scope, group: undefined }, snapshot)
  return { site, product }
}

function targetOf({ scope, group }: Pick<PlanRequest, 'scope' | 'group'>, snapshot: Snapshot): Target {
  const named = group === undefined ? {} : { group }
  if (scope === 'organization') return named
  const seats = placeNamed(scope, snapshot)
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
  { action, groupIds }: Pick<PlanRequest, 'action' | 'groupIds'>,
  target: Target,
  snapshot: Snapshot,
  { directory }: Ports,
): Promise<readonly GroupGrant[]> {
  if (actions[action].needs !== 'group')
    return snapshot.groups.filter(({ grants }) => grants.some((ari) => ari === target.workspace))
  const ids = idsNamed(groupIds, target.group ?? '')
  const named = await directory.groupsNamed(target.group ?? '')
  return ids === undefined ? named : named.filter(({ id }) => ids.includes(id))
}

/** The query for all accounts of a snapshot that a plan considers. */
export function accountsInScope(
  criteria: Pick<Criteria, 'scope' | 'action'>,
  { id }: Pick<Snapshot, 'id'>,
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
  request: Pick<PlanRequest, 'action' | 'scope' | 'group' | 'conditions' | 'groupIds'>,
  requesters: readonly AccountId[],
  snapshot: Snapshot,
  now: Instant,
  ports: Ports,
): Promise<Criteria> {
  const { action, conditions, groupIds } = request
  const [protections, vetoes] = [await protectionRules(ports), await ports.store.vetoes()]
  const scope = scopeIn(request.scope, snapshot)
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
    protections: withGroupIds(protections, groupIds),
    vetoes,
    requesters,
    managedList,
    now,
    severalDirectories,
    unknownTime,
    ...(groupIds === undefined ? {} : { groupIds: idsByName(groupIds) }),
  }
}
