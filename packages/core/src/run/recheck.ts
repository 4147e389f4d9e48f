// Recheck: judges a freshly read account again, right before its change. Execute-step calls it.

import { isApplied, type Change } from '../model/change.js'
import {
  allActivity,
  believed,
  latestPossible,
  newestActivity,
  type Account,
  type LastActive,
} from '../model/account.js'
import { describeUnrestored } from '../model/account-state.js'
import { actsInAtlassian, asJudgedFor, unknownInAtlassian } from '../actions/activity-in-atlassian.js'
import { actions } from '../actions/index.js'
import type { ActionId } from '../model/action-id.js'
import type { Exclusion } from '../model/exclusion.js'
import { timeUnknown } from '../plan/time-unknown.js'
import { idsByName, idsNamed } from '../model/named-group.js'
import type { GroupGrant } from '../model/organization.js'
import type { Plan } from '../model/plan.js'
import { judge } from '../policy/judge.js'
import type { Ports } from '../ports.js'
import { isInFuture } from '../model/plausible-instant.js'
import { protectedBy, withGroupIds } from '../model/protection.js'
import { excludedByAtlassian } from '../plan/ask-account.js'
import { judgeAgain, type Reading } from '../plan/judge-again.js'
import { inScope } from '../plan/select.js'
import type { OpenStep } from '../model/step.js'
import { hour, type Instant } from '../model/time.js'
import { protectionRules } from '../settings/confirmed-people.js'
import { newestGroups } from '../sync/snapshot-groups.js'
import type { StepContext } from './step-context.js'

/**
 * The groups of a step's target: of a product, the account's own as they were just read and the others as the newest sync
 * read them; by name, those with the ids that the plan has resolved. A group that was renamed since is found by
 * its name on the account; a group that has taken its old name is left out.
 */
export async function groupsFor(
  { target }: OpenStep,
  { groups }: Pick<Account, 'groups'>,
  { groupIds }: Pick<Plan, 'groupIds'>,
  { directory, store }: Pick<Ports, 'directory' | 'store'>,
): Promise<readonly GroupGrant[]> {
  const { group, workspace } = target
  if (group === undefined) {
    if (workspace === undefined) return []
    return directory.grantingGroups(workspace, await newestGroups({ store }))
  }
  const ids = idsNamed(groupIds, group)
  const named = await directory.groupsNamed(group)
  if (ids === undefined) return named
  const found = named.filter(({ id }) => ids.includes(id))
  const renamed = groups.filter(({ id }) => ids.includes(id) && !found.some((one) => one.id === id))
  for (const { id, name } of renamed) found.push(...(await directory.groupsNamed(name)).filter((one) => one.id === id))
  return found
}

/** Finds why a last activity excludes an account from losing access again: it is later than `known`, or unknown. */
function usedSince(known: Instant, now: Instant, shown: LastActive): Exclusion | undefined {
  const last = believed(shown)
  if (last.kind === 'unknown') return { code: 'last-active-unknown', why: last.why }
  if (last.kind !== 'at' || last.at === known) return undefined
  if (isInFuture(last.at, now)) return { code: 'last-active-in-future' }
  // A date without a time may be any moment of that day.
  return latestPossible(last) > known ? { code: 'active-since-change' } : undefined
}

/** The activity that counts for an undo: in the products that its groups grant, or in all products without groups. */
function activityFor(account: Account, groups: readonly GroupGrant[]): readonly LastActive[] {
  if (groups.length === 0) return allActivity(account)
  const taken = account.products.filter(({ workspace }) => groups.some(({ grants }) => grants.includes(workspace)))
  return taken.map(({ lastActive }) => lastActive)
}

/** The protected list as it is now, with the ids that its groups had when the plan was made. */
const protectionsFor = async ({ groupIds }: Plan, ports: Ports) => withGroupIds(await protectionRules(ports), groupIds)

/** Finds what always excludes an account: protection, being the requester, and activity since the plan. */
async function alwaysExcluded(
  step: OpenStep,
  account: Account,
  groups: readonly GroupGrant[],
  { plan, requesters, ports }: StepContext,
): Promise<Exclusion | undefined> {
  const now = ports.system.now()
  const exclusion = protectedBy(account, await protectionsFor(plan, ports), now)
  if (exclusion !== undefined) return exclusion
  if (requesters.includes(account.accountId)) return { code: 'requester' }
  const known = plan.actions[step.position]?.lastActive ?? 0
  if (plan.source !== 'undo') return (newestActivity(account) ?? 0) > known ? { code: 'active-since-plan' } : undefined
  return activityFor(account, groups)
    .map((last) => usedSince(known, now, last))
    .find((why) => why !== undefined)
}

/** Reads the groups of a step's fixed changes. */
async function ownGroups(
  step: OpenStep,
  changes: readonly Change[],
  account: Account,
  { plan, ports }: StepContext,
): Promise<readonly GroupGrant[]> {
  const ids = changes.flatMap((change) => ('groupId' in change ? [change.groupId] : []))
  return ids.length === 0 ? [] : (await groupsFor(step, account, plan, ports)).filter(({ id }) => ids.includes(id))
}

/** Nothing excludes an account from a restore. An undo that removes access follows the rules of a plan. */
async function undoExcluded(step: OpenStep, account: Account, context: StepContext): Promise<Exclusion | undefined> {
  const changes = step.target.changes ?? []
  if (changes.every((change) => isApplied(change, account) === true)) {
    return { code: 'nothing-left-to-undo', unrestored: describeUnrestored(step.target.before, account) ?? null }
  }
  if (!actions[step.action].removesAccess) return undefined
  const groups = await ownGroups(step, changes, account, context)
  const exclusion = await alwaysExcluded(step, account, groups, context)
  return exclusion ?? actions[step.action].precondition(account, step.target, groups)?.because
}

/** Finds why the data of an account that is still in scope is no longer enough to decide by the policy. */
function undeterminedSince(account: Account, action: ActionId, { plan, ports }: StepContext): Exclusion | undefined {
  const { conditions, scope, groupIds } = plan
  if (conditions === null || !inScope(account, { scope, action })) return undefined
  const product = scope === 'organization' ? undefined : scope
  const unknownTime = timeUnknown(ports)
  const around = { now: ports.system.now(), unknownTime, groupIds: idsByName(groupIds) }
  const verdict = judge(conditions, account, { ...around, scope: product })
  return verdict.kind === 'undetermined' ? verdict.because : undefined
}

/** The first half of a step changes its preconditions, so only protection or unknown data stops the second half. */
async function restExcluded(step: OpenStep, account: Account, context: StepContext): Promise<Exclusion | undefined> {
  if (!actions[step.action].removesAccess) return undefined
  const exclusion = await alwaysExcluded(step, account, await ownGroups(step, step.changes, account, context), context)
  return exclusion ?? undeterminedSince(account, step.action, context)
}

/** Judges the account by the rules of its plan, with everything that counts now. */
function planExcluded(
  step: OpenStep,
  reading: Pick<Reading, 'account' | 'at'>,
  context: StepContext,
): Promise<Exclusion | undefined> {
  const { plan, requesters, ports } = context
  const criteria = async () => ({
    scope: plan.scope,
    requesters,
    now: ports.system.now(),
    unknownTime: timeUnknown(ports),
    conditions: plan.conditions ?? undefined,
    groups: await groupsFor(step, reading.account, plan, ports),
    protections: await protectionsFor(plan, ports),
    groupIds: idsByName(plan.groupIds),
    vetoes: [],
    managedList: (await ports.store.snapshotHeads(1))[0]?.managedList,
  })
  const lastActive = plan.actions[step.position]?.lastActive ?? null
  const { snapshotId, limits } = plan
  const rules = { snapshotId, vetoDays: limits.veto, runId: step.runId, criteria }
  return judgeAgain({ ...step, lastActive }, reading, rules, ports)
}

/**
 * Excludes an account for an action in all of Atlassian while its activity there is unknown, or was read too long ago:
 * Atlassian shows it only in a list that sync reads.
 */
async function excludedInAtlassian(
  { action }: OpenStep,
  account: Account,
  { plan, ports }: StepContext,
): Promise<Exclusion | undefined> {
  if (!actsInAtlassian(action)) return undefined
  const now = ports.system.now()
  const [newest] = await ports.store.snapshotHeads(1)
  const unknown = unknownInAtlassian(action, account, newest?.managedList, now)
  const age = now - (newest?.asOf ?? -Infinity)
  const { snapshotAge: hours } = plan.limits
  if (unknown !== undefined || (age >= -hour && age <= hours * hour)) return unknown
  return { code: 'activity-in-atlassian-outdated', hours }
}

/** Finds why Rollcall excludes a freshly read account after all; undefined when the step may continue. */
export async function recheck(
  step: OpenStep,
  { account: read, at }: Pick<Reading, 'account' | 'at'>,
  context: StepContext,
  partly = false,
): Promise<Exclusion | undefined> {
  const unknownTime = actions[step.action].removesAccess ? timeUnknown(context.ports) : undefined
  if (unknownTime !== undefined) return unknownTime
  const account = asJudgedFor(step.action, read)
  let exclusion: Exclusion | undefined
  if (partly) exclusion = await restExcluded(step, account, context)
  else if (context.plan.source === 'undo') exclusion = await undoExcluded(step, account, context)
  else exclusion = await planExcluded(step, { account, at }, context)
  exclusion ??= await excludedInAtlassian(step, account, context)
  return exclusion ?? excludedByAtlassian(step.action, account, context.plan.source === 'undo', context.ports)
}
