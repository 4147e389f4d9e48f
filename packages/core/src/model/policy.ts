// Cleanup policy: scope + conditions + actions + limits + schedule + approval, as data.

import type { ActionId } from './action-id.js'
import type { ConditionId, ConditionValues } from './condition-values.js'
import type { OrganizationId } from './ids.js'
import type { SomeLimits } from './limits.js'
import type { Schedule } from './schedule.js'
import type { Instant } from './time.js'

/** One condition with its value. */
export type ConditionLeaf<Id extends ConditionId = ConditionId> = {
  readonly [Name in Id]: { readonly condition: Name; readonly value: ConditionValues[Name] }
}[Id]

/** A tree of conditions: `all`, `any`, `not`, or one condition with its value. */
export type ConditionNode =
  | { readonly all: readonly ConditionNode[] }
  | { readonly any: readonly ConditionNode[] }
  | { readonly not: ConditionNode }
  | ConditionLeaf

/** The whole organization, or one product on one site. */
export type Scope = 'organization' | { readonly site: string; readonly product: string }

export type Policy = {
  readonly name: string
  readonly scope: Scope
  readonly conditions: ConditionNode
  readonly actions: readonly [ActionId]
  readonly group?: string | undefined
  readonly schedule?: Schedule | undefined
  readonly approval: 'required' | 'automatic'
  /** `take`: the most accounts that one run changes, least active first. */
  readonly limits: SomeLimits & { readonly take?: number | undefined }
}

/**
 * A stored policy; a new one is disabled. `previewedVersion` is the newest version of which a person saw a plan, and
 * `previewedIn` the organization of that plan.
 */
export interface StoredPolicy {
  readonly name: string
  readonly policy: Policy
  readonly version: string
  readonly enabled: boolean
  readonly previewedVersion?: string
  readonly previewedIn?: OrganizationId
  /** The person who last enabled it: the policy never changes that person's account. */
  readonly enabledBy?: string
  readonly createdAt: Instant
  /** The newest occurrence for which Rollcall made a plan. */
  readonly firedAt?: Instant
}
