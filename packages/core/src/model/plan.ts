// Plan: which accounts Rollcall would change, how and why, with a fingerprint. Guard checks it next.

import type { ActionId } from './action-id.js'
import type { Excluded, Exclusion } from './exclusion.js'
import type { AccountId, PlanId, RunId, SnapshotId } from './ids.js'
import type { Organization } from './organization.js'
import type { Limits } from './limits.js'
import type { NamedGroup } from './named-group.js'
import type { ConditionNode, Scope } from './policy.js'
import type { Target } from './target.js'
import type { Instant } from './time.js'

export interface PlannedAction {
  readonly accountId: AccountId
  readonly action: ActionId
  readonly target: Target
  readonly reason: string
  readonly undo: string
  /** The newest activity known to the plan; newer activity excludes the account. Null when there is none. */
  readonly lastActive: Instant | null
}

/** Seats of one product that an undo needs, and how many are free; null when Atlassian does not report it. */
export interface SeatsNeeded {
  readonly site: string
  readonly product: string
  readonly needed: number
  readonly available: number | null
}

/** Seats of one product that a plan frees. */
export interface SeatsFreed {
  readonly site: string
  readonly product: string
  readonly seats: number
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
  /** The conditions, which Rollcall checks again right before each change; null for picked accounts and undo. */
  readonly conditions: ConditionNode | null
  /** The groups that the conditions, the action and the protected list name, with their ids when the plan was made. */
  readonly groupIds?: readonly NamedGroup[]
  /** What the plan should exclude by, in words, although nobody fits it: most likely a mistyped name. */
  readonly excludesNobody?: readonly string[]
  /** Accounts in the policy's scope, including protected ones. An action that removes access counts only accounts with access. */
  readonly population: number
  readonly populationKind: 'org-users' | 'product-users'
  /** The limits when the plan was made: the policy's own values over the organization's. */
  readonly limits: Limits
  /** Digest of the organization's limits. */
  readonly limitsDigest: string
  readonly protectedDigest: string
  /** The seats that an undo needs, of products with counted seats; absent where it needs none. */
  readonly seats?: readonly SeatsNeeded[]
  /** The seats that it frees, as far as Rollcall counted them when it made the plan: a run changes the snapshot. */
  readonly frees?: readonly SeatsFreed[]
  readonly undoOf: RunId | null
  /** How many steps of that run may have changed something when the undo was planned; absent in plans of version 0.1.0. */
  readonly undoneSteps?: number
  /** The undo covers only accounts that a person named. */
  readonly partial?: true
  readonly madeBy: string
  readonly scheduled: boolean
  /** Where the request came from: a stored policy, a policy file, accounts picked one by one, or the undo of a run. */
  readonly source: 'policy' | 'file' | 'picked' | 'undo'
  /** The requested action; absent for an undo, and in plans of earlier versions. */
  readonly action?: ActionId
  readonly group?: string
  readonly actions: readonly PlannedAction[]
  readonly excluded: Excluded
  /**
   * About how many of the planned accounts Rollcall asked Atlassian while it made the plan: zero for a large plan. Absent
   * for an undo, for an action that needs no asking, and in plans of earlier versions.
   */
  readonly asked?: number
  /** How many accounts one run of the policy changes at most, the least active first. */
  readonly take?: number
  /** The accounts that it excluded for what Atlassian responded then. */
  readonly excludedWhenAsked?: readonly ExcludedAccount[]
  /** Accounts that a person left out of this plan, each with the reason. */
  readonly leftOut?: readonly ExcludedAccount[]
  /**
   * The excluded accounts as the plan counts them, each with its reason: the first ones of a plan for picked accounts; of
   * another plan all, or none where they are many.
   */
  readonly excludedAccounts?: readonly ExcludedAccount[]
}

/** An account that a plan excludes, and why. */
export interface ExcludedAccount {
  readonly accountId: AccountId
  readonly reason: Exclusion
}

export interface Plan extends PlanContent {
  readonly planId: PlanId
  readonly createdAt: Instant
  readonly fingerprint: string
}

/** A plan without its actions, which may be tens of thousands: their number, and the first one. */
export interface PlanHead extends Omit<Plan, 'actions'> {
  readonly accounts: number
  readonly first?: Pick<PlannedAction, 'action' | 'target'>
}

/** Replaces the actions of a plan by their number and the first one. */
export function headOf({ actions: planned, ...plan }: Plan): PlanHead {
  const [first] = planned
  return {
    ...plan,
    accounts: planned.length,
    ...(first === undefined ? {} : { first: { action: first.action, target: first.target } }),
  }
}
