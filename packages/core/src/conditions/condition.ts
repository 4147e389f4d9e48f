// A condition says itself three ways in one file: its schema, its truth, its phrase for people.

import type { z } from 'zod'
import type { Account } from '../model/account.js'
import type { Instant } from '../model/time.js'

/** The product a policy looks at; undefined for the whole organization. */
export interface ConditionContext {
  readonly now: Instant
  readonly scope: { readonly site: string; readonly product: string } | undefined
}

/** `held` means that the data does not allow a verdict: the account is spared, and says why. */
export type Verdict =
  | { readonly kind: 'match'; readonly because: string }
  | { readonly kind: 'no-match'; readonly because: string }
  | { readonly kind: 'held'; readonly because: string }

export interface Condition<Value> {
  readonly schema: z.ZodType<Value>
  readonly test: (account: Account, value: Value, context: ConditionContext) => Verdict
  readonly describe: (value: Value) => string
}

export const match = (because: string): Verdict => ({ kind: 'match', because })
export const noMatch = (because: string): Verdict => ({ kind: 'no-match', because })
export const held = (because: string): Verdict => ({ kind: 'held', because })
export const verdict = (is: boolean, yes: string, no: string): Verdict => (is ? match(yes) : noMatch(no))
