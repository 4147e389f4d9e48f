// Plan: what would be done to whom and why, as a value with a fingerprint. Guard comes next.

import type { ActionId } from './actions/index.js'
import { canonicalJson } from './canonical-json.js'
import type { AccountId, PlanId, RunId, SnapshotId } from './ids.js'
import type { Organization } from './organization.js'
import type { Change, System } from './ports.js'
import type { Instant } from './time.js'

/** What an action aims at; `changes` is given by undo, which restores exactly what was recorded. */
export interface Target {
  readonly site?: string
  readonly product?: string
  readonly workspace?: string
  readonly group?: string
  readonly changes?: readonly Change[]
}

export interface PlannedAction {
  readonly accountId: AccountId
  readonly name: string
  readonly action: ActionId
  readonly target: Target
  readonly reason: string
  readonly undo: string
  /** The newest activity known to the plan; anything newer spares the account. Null when there is none. */
  readonly lastActive: Instant | null
}

export interface Refusal {
  readonly code: RefusalCode
  readonly message: string
  readonly actual: number | string | null
  readonly limit: number | string | null
}

export const refusalCodes = [
  'too-many',
  'over-budget',
  'over-ceiling',
  'snapshot-incomplete',
  'snapshot-stale',
  'plan-expired',
  'fingerprint-mismatch',
  'protected-unreadable',
  'anomaly',
  'too-few-admins',
  'policy-disabled',
  'not-previewed',
  'stopped',
  'wrong-organization',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** Refusals that a person may accept by name. */
export const acceptableCodes: readonly RefusalCode[] = ['too-many', 'over-budget', 'anomaly', 'not-previewed']

export interface PlanContent {
  /** Null for a plan of hand-picked accounts and for an undo. */
  readonly policy: string | null
  /** Digest of the policy's content: its version. */
  readonly policyVersion: string | null
  readonly snapshotId: SnapshotId
  readonly snapshotAsOf: Instant
  readonly organization: Organization
  /** Accounts in the policy's scope, protected ones included. */
  readonly population: number
  readonly populationKind: 'org-users' | 'product-users'
  readonly limits: { readonly accounts: number; readonly percent: number }
  readonly protectedDigest: string
  readonly undoOf: RunId | null
  readonly madeBy: string
  readonly scheduled: boolean
  readonly actions: readonly PlannedAction[]
  readonly spared: { readonly total: number; readonly byReason: Readonly<Record<string, number>> }
}

export interface Plan extends PlanContent {
  readonly planId: PlanId
  readonly createdAt: Instant
  readonly fingerprint: string
}

/** Digests everything that an approval stands for; one changed byte makes another fingerprint. */
export const fingerprintOf = (content: PlanContent, system: Pick<System, 'digest'>): Promise<string> => {
  const { policy, policyVersion, snapshotId, snapshotAsOf, organization, population, populationKind, limits } = content
  const { protectedDigest, undoOf, madeBy, scheduled, actions, spared } = content
  return system.digest(
    canonicalJson({
      ...{ policy, policyVersion, snapshotId, snapshotAsOf, organization, population, populationKind, limits },
      ...{ protectedDigest, undoOf, madeBy, scheduled, actions, spared },
    }),
  )
}
