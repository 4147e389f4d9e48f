// The registry of conditions: one line each.

import { addedBefore } from './added-before.js'
import { emailDomain } from './email-domain.js'
import { emailMatches } from './email-matches.js'
import { hasProduct } from './has-product.js'
import { inGroup } from './in-group.js'
import { inactiveFor } from './inactive-for.js'
import { lastActiveBefore } from './last-active-before.js'
import { managed } from './managed.js'
import { neverActive } from './never-active.js'
import { status } from './status.js'
import type { ConditionId } from '../model/condition-values.js'
import type { Condition } from './condition.js'

export const conditions: { readonly [Id in ConditionId]: Condition<Id> } = {
  'inactive-for': inactiveFor,
  'never-active': neverActive,
  'last-active-before': lastActiveBefore,
  'in-group': inGroup,
  'email-domain': emailDomain,
  'email-matches': emailMatches,
  managed,
  status,
  'has-product': hasProduct,
  'added-before': addedBefore,
}

export const conditionIds = Object.keys(conditions) as readonly ConditionId[]
export type { ConditionId } from '../model/condition-values.js'
export * from './condition.js'
