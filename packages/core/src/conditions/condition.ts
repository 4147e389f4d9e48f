// A condition declares itself in one file: which value it takes, when it matches, how people read it, what it refers to.

import type { z } from 'zod'
import type { Account } from '../model/account.js'
import type { ConditionId, ConditionValues } from '../model/condition-values.js'
import type { Exclusion } from '../model/exclusion.js'
import type { GroupIdsByName } from '../model/named-group.js'
import type { ConditionLeaf } from '../model/policy.js'
import type { Duration, Instant } from '../model/time.js'

/** When and where a condition is tested; `scope` is the product of the policy, undefined for the whole organization. */
export interface ConditionContext {
  readonly now: Instant
  /** Why the time is unknown; undefined while it is known. */
  readonly unknownTime?: Exclusion | undefined
  readonly scope: { readonly site: string; readonly product: string } | undefined
  /** The ids of the groups that conditions name, by the name as it was written; plans of version 0.1.0 have none. */
  readonly groupIds?: GroupIdsByName
}

/** What a condition refers to by a name that somebody may have mistyped. */
export interface Reference {
  readonly kind: 'group' | 'product' | 'email' | 'domain'
  readonly name: string
}

/** A match has its reason in words. `undetermined`: the data is not enough to decide, so Rollcall excludes the account. */
export type Verdict =
  | { readonly kind: 'match'; readonly because: string }
  | { readonly kind: 'no-match' | 'undetermined'; readonly because: Exclusion }

export interface Condition<Id extends ConditionId> {
  /** What it matches, as a sentence for the policy reference. */
  readonly meaning: string
  /** Which values it takes, in words, with their bounds. */
  readonly takes: string
  /** The condition as a policy file writes it. */
  readonly example: string
  readonly schema: z.ZodType<ConditionValues[Id]>
  readonly test: (account: Account, value: ConditionValues[Id], context: ConditionContext) => Verdict
  readonly describe: (value: ConditionValues[Id]) => string
  /** Says that an account does not match. */
  readonly describeUnmet: (value: ConditionValues[Id]) => string
  /** What it refers to: an import and a plan check that it exists. Absent where it names nothing. */
  readonly refersTo?: (value: ConditionValues[Id]) => Reference
  /** How long an account has to be inactive to match; absent where it is not about inactivity. */
  readonly inactivity?: (value: ConditionValues[Id], now: Instant) => Duration | undefined
}

export const match = (because: string): Verdict => ({ kind: 'match', because })
export const noMatch = (because: Exclusion): Verdict => ({ kind: 'no-match', because })
export const undetermined = (because: Exclusion): Verdict => ({ kind: 'undetermined', because })

/** The verdict of a condition: `yes` is the reason of a match, `leaf` the condition that is not met. */
export const verdict = (is: boolean, yes: string, leaf: ConditionLeaf): Verdict =>
  is ? match(yes) : noMatch({ code: 'condition-not-met', ...leaf })
