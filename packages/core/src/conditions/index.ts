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

export const conditions = {
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
} as const

export type ConditionId = keyof typeof conditions
export const conditionIds = Object.keys(conditions) as readonly ConditionId[]
export * from './condition.js'
