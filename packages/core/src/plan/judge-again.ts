// Judges a freshly read account by the rules of its plan: while the plan is made, and again right before the change.

import { actions } from '../actions/index.js'
import { allActivity, newestActivity, type Account } from '../model/account.js'
import type { Exclusion } from '../model/exclusion.js'
import type { RunId, SnapshotId } from '../model/ids.js'
import type { PlannedAction } from '../model/plan.js'
import type { Target } from '../model/target.js'
import type { Instant } from '../model/time.js'
import { vetoedBecause } from '../model/veto.js'
import type { Ports } from '../ports.js'
import { reversedStep, unsettledBecause, vetoReversed } from '../sync/restored-by-people.js'
import type { Criteria } from './criteria.js'
import { consider } from './select.js'

/** An account, when the read began, and from when its state is at the earliest: reading its groups may take long. */
export interface Reading {
  readonly account: Account
  readonly at: Instant
  readonly from: Instant
}

type Judged = Pick<Reading, 'account' | 'at'>

type Planned = Pick<PlannedAction, 'accountId' | 'action' | 'target' | 'lastActive'>

export interface PlanRules {
  readonly snapshotId: SnapshotId
  /** For how many days a restore by a person exempts the account. */
  readonly vetoDays: number
  /** The run that is executing the plan. */
  readonly runId?: RunId
  /** Read only once they are needed. */
  readonly criteria: () => Promise<Omit<Criteria, 'action' | 'target'>>
}

/** Excludes an account whose access a person has restored, even when only this read shows it. */
async function vetoed(
  { accountId, action }: Planned,
  { account, at }: Judged,
  { vetoDays, runId: own }: PlanRules,
  ports: Ports,
): Promise<Exclusion | undefined> {
  if (!actions[action].removesAccess) return undefined
  const { store, system } = ports
  const others = (await store.stepsOf(accountId)).filter(({ runId }) => runId !== own)
  const reversed = reversedStep(others, account, at, system.now())
  if (reversed !== undefined) await vetoReversed(reversed, { account }, vetoDays, ports)
  const unsettled = unsettledBecause(others)
  if (unsettled !== undefined) return unsettled
  return vetoedBecause(await store.veto(accountId), system.now())
}

/** The use that an action ends: of its product, or of everything. */
function activityLost(account: Account, severity: 'product' | 'organization' | 'account', { workspace }: Target) {
  if (severity !== 'product' || workspace === undefined) return allActivity(account)
  return account.products.filter((one) => one.workspace === workspace).map(({ lastActive }) => lastActive)
}

/**
 * What the snapshot had and this reading lacks, or what is unknown in it: then no protection and no condition can be judged,
 * also for an account that a person picked.
 */
async function lackingNow(
  { action, target }: Planned,
  account: Account,
  { snapshotId }: PlanRules,
  { store }: Ports,
): Promise<Exclusion | undefined> {
  if (!actions[action].removesAccess) return undefined
  const unknown = activityLost(account, actions[action].severity, target).find(({ kind }) => kind === 'unknown')
  if (unknown?.kind === 'unknown') return { code: 'last-active-unknown', why: unknown.why }
  if (account.groups.length > 0) return undefined
  const before = await store.account(snapshotId, account.accountId)
  // Without its snapshot, nobody knows which groups the account had.
  return before === undefined || before.groups.length > 0 ? { code: 'groups-vanished' } : undefined
}

/** Finds why a freshly read account of a plan is excluded after all; undefined when the plan may change it. */
export async function judgeAgain(
  planned: Planned,
  reading: Judged,
  rules: PlanRules,
  ports: Ports,
): Promise<Exclusion | undefined> {
  const { action, target, lastActive } = planned
  const { account } = reading
  const known = lastActive ?? 0
  if (actions[action].removesAccess && (newestActivity(account) ?? 0) > known) return { code: 'active-since-plan' }
  const criteria = { ...(await rules.criteria()), action, target }
  const failed = actions[action].precondition(account, target, criteria.groups)
  if (failed?.kind === 'already-so') return failed.because
  const veto = await vetoed(planned, reading, rules, ports)
  if (veto !== undefined) return veto
  const judgement = consider(account, criteria)
  return judgement.matched ? lackingNow(planned, account, rules, ports) : judgement.because
}
