// Exclusion: why Rollcall excludes an account, as a code with the values for its sentence. The sentences are in
// policy/exclusion-texts.ts.

import type { ConditionLeaf, ConditionNode } from './policy.js'
import type { AccountStatus } from './account.js'
import type { RunId } from './ids.js'
import type { UnknownTime } from './known-time.js'
import type { Instant } from './time.js'

interface None {}
interface Place {
  readonly site: string
  readonly product: string
}

/** The values of each code. Plans and steps store codes and values: add new ones, rename none. */
export interface ExclusionValues {
  // Protection, and what people decided
  admin: { readonly role: string }
  'account-type': { readonly type: string }
  'likely-service-account': None
  protected: { readonly subject: string; readonly reason: string }
  requester: None
  exempt: { readonly since: Instant; readonly until: Instant }
  'restored-repeatedly': { readonly times: number }

  // Data that is missing or implausible
  'time-unknown': Omit<UnknownTime, 'kind'>
  'last-active-unknown': { readonly why: string }
  'activity-in-atlassian-unknown': { readonly why: string }
  'activity-in-atlassian-outdated': { readonly hours: number }
  'last-active-in-future': None
  'last-active-implausible': None
  'added-date-unknown': None
  'added-date-in-future': None
  'added-date-implausible': None
  'added-date-after-activity': None
  'condition-date-in-future': { readonly date: string }
  'condition-unreadable': { readonly value: string }
  'email-unknown': None
  'products-unknown': { readonly why: string }
  'claim-unknown': None
  'status-unknown': None
  'data-unreadable': { readonly fields: readonly string[] }
  'directory-status-unknown': None

  // Conditions of the policy
  'recently-active': ConditionLeaf
  'too-new': None
  'condition-not-met': ConditionLeaf
  'condition-met': { readonly conditions: ConditionNode }
  'no-condition-met': { readonly reasons: readonly Exclusion[] }
  'other-products': { readonly reason: Exclusion }
  'beyond-take': { readonly take: number }

  // The account is already in the wanted state
  'already-active': None
  'already-suspended': None
  'already-deactivated': None
  'already-in-group': { readonly group: string }
  'already-has-product': Place
  'not-a-member': None
  'not-in-group': { readonly group: string }
  'no-product-access': Place
  'holds-no-seat': { readonly status: 'suspended' | 'deactivated' }
  'nothing-to-change': None

  // Accounts that the action cannot or must not change
  'membership-status': { readonly status: 'suspended' | 'deactivated' | 'not-member' }
  'account-status': { readonly status: AccountStatus }
  'not-managed': None
  'owned-by-identity-provider': None
  'source-unknown': None
  'group-missing': { readonly group: string }
  'group-ambiguous': { readonly group: string }
  'group-not-changeable': { readonly group: string }
  'group-grants-more': { readonly group: string }
  'no-default-group': Place
  'no-granting-group': None
  'directly-assigned-role': Place

  // What a person decided about one plan
  'left-out': { readonly by: string; readonly reason: string | null }

  // Accounts picked one by one
  'not-in-snapshot': None

  // Found right before the change
  'no-longer-in-organization': None
  'no-longer-found': { readonly why: string }
  'active-since-plan': None
  'groups-vanished': None
  'active-since-change': None
  'token-in-use': { readonly usedAt: Instant }
  'tokens-unknown': None
  'tokens-unreadable': None
  'earlier-change-open': { readonly runId: RunId }
  'lifecycle-not-allowed': { readonly why: string | null }

  // Undo of a run
  'restored-since': None
  'reversed-since': { readonly runId: RunId }
  'nothing-changed': { readonly state: 'intent' | 'skipped' | 'failed' | 'not-attempted' }
  'nothing-left-to-undo': { readonly unrestored: string | null }

  /** A sentence that version 0.1.0 stored. */
  earlier: { readonly text: string }
}

export type ExclusionCode = keyof ExclusionValues

export type ExclusionOf<Code extends ExclusionCode> = { readonly code: Code } & ExclusionValues[Code]

export type Exclusion = {
  [Code in ExclusionCode]: ExclusionOf<Code>
}[ExclusionCode]

/** How many accounts a plan excludes for one reason; `text` fits all of them. */
export interface ExcludedCount {
  readonly code: ExclusionCode
  readonly text: string
  readonly accounts: number
}

/** The accounts that a plan excludes, counted by reason. */
export interface Excluded {
  readonly total: number
  readonly reasons: readonly ExcludedCount[]
}
