// Checks the database: whether it is up to date, and whether the protected list and the limits are readable.

import { describeGap, lastEntry } from '../../audit/gap.js'
import { formatInstant } from '../../model/time.js'
import { found, type Check } from '../check.js'

export const databaseOlder: Check = (_, { gap }) =>
  gap === undefined ? undefined : found(describeGap(gap), gap.end, lastEntry(gap))

export const planBeforeReconciliation: Check = (plan, { gap, reconciled }) => {
  const reconciledAt = reconciled?.at ?? -Infinity
  if (gap !== undefined || plan.createdAt >= reconciledAt) return undefined
  return found(
    'The plan was made before a restored database was reconciled.',
    formatInstant(plan.createdAt),
    formatInstant(reconciledAt),
  )
}

export const protectedUnreadable: Check = (_, { protectedDigest }) =>
  protectedDigest === undefined
    ? found('Rollcall cannot read the protected list, so nothing runs.', null, null)
    : undefined

export const limitsUnreadable: Check = (plan, { limitsDigest }) =>
  limitsDigest === undefined
    ? found('Rollcall cannot read the limits of the organization.', null, plan.limitsDigest)
    : undefined
