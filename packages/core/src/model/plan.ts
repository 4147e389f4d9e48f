// Plan: what would be done to whom and why, as a value with a fingerprint. Guard comes next.

import type { ActionId } from './action-id.js'
import type { Excluded, Exclusion } from './exclusion.js'
import type { AccountId, PlanId, RunId, SnapshotId } from './ids.js'
import type { Organization } from './organization.js'
import type { Limits } from './limits.js'
import type { ConditionNode, Scope } from './policy.js'
import type { Target } from './target.js'
import type { Instant } from './time.js'

export interface PlannedAction {
  readonly accountId: AccountId
  readonly action: ActionId
  readonly target: Target
  readonly reason: string
  readonly undo: string
  /** The newest activity known to the plan; anything newer excludes the account. Null when there is none. */
  readonly lastActive: Instant | null
}

/** Seats that a plan gives back on one product, and how many are free; null when Atlassian does not tell. */
export interface SeatsNeeded {
  readonly site: string
  readonly product: string
  readonly needed: number
  readonly available: number | null
}

export interface PlanContent {
  /** Null for a plan of hand-picked accounts and for an undo. */
  readonly policy: string | null
  /** Digest of the policy's content: its version. */
  readonly policyVersion: string | null
  readonly snapshotId: SnapshotId
  readonly snapshotAsOf: Instant
  readonly organization: Organization
  readonly scope: Scope
  /** What every account is judged by, again just before it is changed; null for picked accounts and undo. */
  readonly conditions: ConditionNode | null
  /** Accounts in the policy's scope, protected ones included; of an action that takes, those who hold something. */
  readonly population: number
  readonly populationKind: 'org-users' | 'product-users'
  /** The organization's limits as they were, with what the policy sets for itself. */
  readonly limits: Limits
  /** Digest of the organization's limits. */
  readonly limitsDigest: string
  readonly protectedDigest: string
  /** The seats that an undo needs, of products whose seats are counted; absent where none is given back. */
  readonly seats?: readonly SeatsNeeded[]
  readonly undoOf: RunId | null
  readonly madeBy: string
  readonly scheduled: boolean
  /** Where the wish came from: a stored policy, a policy file, accounts picked one by one, or the undo of a run. */
  readonly source: 'policy' | 'file' | 'picked' | 'undo'
  /** What was wished for; absent for an undo, and in plans of earlier versions. */
  readonly action?: ActionId
  readonly group?: string
  readonly actions: readonly PlannedAction[]
  readonly excluded: Excluded
  /** Of picked accounts: the first ones that the plan excludes, each with its reason. */
  readonly excludedAccounts?: readonly ExcludedAccount[]
}

/** An account that a plan leaves alone, and why. */
export interface ExcludedAccount {
  readonly accountId: AccountId
  readonly reason: Exclusion
}

export interface Plan extends PlanContent {
  readonly planId: PlanId
  readonly createdAt: Instant
  readonly fingerprint: string
}

/** A plan without its actions, which may be tens of thousands: how many they are, and what the first of them does. */
export interface PlanHead extends Omit<Plan, 'actions'> {
  readonly accounts: number
  readonly first?: Pick<PlannedAction, 'action' | 'target'>
}

/** Counts the actions of a plan, and leaves them out. */
export function headOf({ actions: planned, ...plan }: Plan): PlanHead {
  const [first] = planned
  return {
    ...plan,
    accounts: planned.length,
    ...(first === undefined ? {} : { first: { action: first.action, target: first.target } }),
  }
}
