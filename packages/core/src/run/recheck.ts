// Recheck: judges a freshly read account again, right before it is changed. Execute-step calls it.

import { isApplied, type Change } from '../model/change.js'
import { allActivity, latestPossible, newestActivity, type Account, type LastActive } from '../model/account.js'
import { describeUnrestored } from '../model/account-state.js'
import { actions } from '../actions/index.js'
import type { ActionId } from '../model/action-id.js'
import { clocksDiffer } from '../conditions/inactivity.js'
import type { GroupGrant } from '../model/organization.js'
import { judge } from '../policy/judge.js'
import type { Ports } from '../ports.js'
import { protectedBy } from '../model/protection.js'
import { consider, inScope } from '../plan/select.js'
import type { Step } from '../model/step.js'
import { day, formatInstant, type Instant } from '../model/time.js'
import { reversedStep, unsettledBecause, vetoReversed } from '../sync/restored-by-people.js'
import type { StepContext } from './step-context.js'
import { vetoedBecause } from '../model/veto.js'

/** An account as it was read, and when the reading began. */
export interface Reading {
  readonly account: Account
  readonly at: Instant
}

/** Reads the groups that a step is about. */
export function groupsFor({ target }: Step, { directory }: Ports): Promise<readonly GroupGrant[]> {
  if (target.group !== undefined) return directory.groupsNamed(target.group)
  const workspace = target.workspace
  return workspace === undefined ? Promise.resolve([]) : directory.grantingGroups(workspace)
}

/** Why a last activity excludes an account from losing access again: it is later than `known`, or unknown. */
function usedSince(known: Instant, now: Instant, last: LastActive): string | undefined {
  if (last.kind === 'unknown') return `held: last active unknown: ${last.why}`
  if (last.kind !== 'at' || last.at === known) return undefined
  if (last.at > now + clocksDiffer) return 'held: last active lies in the future'
  // A date without a time may be any moment of that day.
  return latestPossible(last) > known ? 'active since the change that would be undone' : undefined
}

/** The activity that counts for an undo: in the products that its groups grant; in every product without groups. */
function useOfTaken(account: Account, groups: readonly GroupGrant[]): readonly LastActive[] {
  if (groups.length === 0) return allActivity(account)
  const taken = account.products.filter(({ workspace }) => groups.some(({ grants }) => grants.includes(workspace)))
  return taken.map(({ lastActive }) => lastActive)
}

/** An API token that was used within this time is in use. */
const tokenAtWork = 90 * day

/** Excludes an account that a person has restored since Rollcall removed access, also when that shows only now. */
async function vetoed(step: Step, account: Account, readAt: Instant, { plan, ports }: StepContext) {
  if (!actions[step.action].removesAccess) return undefined
  const { store, system } = ports
  const others = (await store.stepsOf(step.accountId)).filter(({ runId }) => runId !== step.runId)
  const reversed = reversedStep(others, account, readAt, system.now())
  if (reversed !== undefined) await vetoReversed(reversed, plan.limits.veto, ports)
  const unsettled = unsettledBecause(others)
  if (unsettled !== undefined) return unsettled
  const veto = (await store.vetoes()).find(({ accountId }) => accountId === step.accountId)
  return vetoedBecause(veto, system.now())
}

/** Excludes an account whose API tokens are in use: most likely a program uses them. */
async function tokenInUse(step: Step, account: Account, { ports }: StepContext): Promise<string | undefined> {
  if (!actions[step.action].removesAccess) return undefined
  if (account.claimUnknown === true)
    return 'held: Atlassian does not say whether the account is managed, so its API tokens cannot be asked for'
  if (!account.managed) return undefined
  const usedAt = await ports.directory.tokenUsedAt(step.accountId)
  if (usedAt === undefined || usedAt < ports.system.now() - tokenAtWork) return undefined
  return `likely service account: an API token was used on ${formatInstant(usedAt).slice(0, 10)}`
}

/** What excludes an account in every case: protection, being the requester, and activity that the plan did not know. */
async function shielded(
  step: Step,
  account: Account,
  groups: readonly GroupGrant[],
  { plan, requesters, ports }: StepContext,
): Promise<string | undefined> {
  const now = ports.system.now()
  const shield = protectedBy(account, await ports.store.protections(), now)
  if (shield !== undefined) return shield
  if (requesters.includes(account.accountId)) return 'is the one who asks'
  const known = plan.actions[step.position]?.lastActive ?? 0
  if (plan.source !== 'undo')
    return (newestActivity(account) ?? 0) > known ? 'active since the plan was made' : undefined
  return useOfTaken(account, groups)
    .map((last) => usedSince(known, now, last))
    .find((why) => why !== undefined)
}

/** The groups that a step's fixed changes are about. */
async function ownGroups(
  step: Step,
  changes: readonly Change[],
  { ports }: StepContext,
): Promise<readonly GroupGrant[]> {
  const ids = changes.flatMap((change) => ('groupId' in change ? [change.groupId] : []))
  return ids.length === 0 ? [] : (await groupsFor(step, ports)).filter(({ id }) => ids.includes(id))
}

/** Nothing excludes an account from getting access back. Losing it again follows the rules of a plan and the activity since. */
async function undoSpared(step: Step, account: Account, context: StepContext): Promise<string | undefined> {
  const changes = step.target.changes ?? []
  if (changes.every((change) => isApplied(change, account) === true)) {
    const losses = describeUnrestored(step.target.before, account)
    return `already-so: nothing left to undo${losses === undefined ? '' : `; ${losses}`}`
  }
  if (!actions[step.action].removesAccess) return undefined
  const groups = await ownGroups(step, changes, context)
  const shield = await shielded(step, account, groups, context)
  return shield ?? actions[step.action].precondition(account, step.target, groups)?.because
}

/** Why the data of an account that is still in scope allows no verdict by the policy any more. */
function heldSince(account: Account, action: ActionId, { plan, ports }: StepContext): string | undefined {
  const { conditions, scope } = plan
  if (conditions === null || !inScope(account, { scope, action })) return undefined
  const product = scope === 'organization' ? undefined : scope
  const verdict = judge(conditions, account, { now: ports.system.now(), scope: product })
  return verdict.kind === 'held' ? `held: ${verdict.because}` : undefined
}

/** A half-done step creates preconditions of its own: only protection or unknown data stops the rest of it. */
async function restSpared(step: Step, account: Account, context: StepContext): Promise<string | undefined> {
  if (!actions[step.action].removesAccess) return undefined
  const shield = await shielded(step, account, await ownGroups(step, step.changes, context), context)
  return shield ?? heldSince(account, step.action, context)
}

async function planSpared(
  step: Step,
  account: Account,
  readAt: Instant,
  context: StepContext,
): Promise<string | undefined> {
  const { plan, requesters, ports } = context
  const known = plan.actions[step.position]?.lastActive ?? 0
  if (actions[step.action].removesAccess && (newestActivity(account) ?? 0) > known)
    return 'active since the plan was made'
  const groups = await groupsFor(step, ports)
  const obstacle = actions[step.action].precondition(account, step.target, groups)
  if (obstacle?.kind === 'already-so') return `already-so: ${obstacle.because}`
  const veto = await vetoed(step, account, readAt, context)
  if (veto !== undefined) return veto
  const judgement = consider(account, {
    scope: plan.scope,
    action: step.action,
    target: step.target,
    requesters,
    now: ports.system.now(),
    conditions: plan.conditions ?? undefined,
    protections: await ports.store.protections(),
    vetoes: [],
    groups,
  })
  return judgement.matched ? undefined : judgement.because
}

/** Finds why a freshly read account is excluded after all; undefined when the step may go on. */
export async function recheck(
  step: Step,
  { account, at }: Reading,
  context: StepContext,
  partly = false,
): Promise<string | undefined> {
  let spared: string | undefined
  if (partly) spared = await restSpared(step, account, context)
  else if (context.plan.source === 'undo') spared = await undoSpared(step, account, context)
  else spared = await planSpared(step, account, at, context)
  spared ??= await tokenInUse(step, account, context)
  if (spared !== undefined || !actions[step.action].asksLifecycle) return spared
  const { allowed, reason } = await context.ports.directory.lifecycle(step.accountId)
  return allowed ? undefined : `Atlassian does not allow it: ${reason ?? 'no reason given'}`
}
