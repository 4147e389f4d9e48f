// Checks of the database: whether it is the newest one, and whether the protected list and the limits can be read.

import { describeGap, lastEntry } from '../../audit/gap.js'
import { formatInstant } from '../../model/time.js'
import { found, type Check } from '../check.js'

export const databaseOlder: Check = (_, { gap }) =>
  gap === undefined ? undefined : found(describeGap(gap), gap.end, lastEntry(gap))

export const planBeforeReconciliation: Check = (plan, { gap, reconciledAt = -Infinity }) => {
  if (gap !== undefined || plan.createdAt >= reconciledAt) return undefined
  return found(
    'The plan was made before a restored database was reconciled. Make a new plan.',
    formatInstant(plan.createdAt),
    formatInstant(reconciledAt),
  )
}

export const protectedUnreadable: Check = (_, { protectedDigest }) =>
  protectedDigest === undefined
    ? found('The protected list cannot be read, so nothing runs. Check the database, then try again.', null, null)
    : undefined

export const limitsUnreadable: Check = (plan, { limitsDigest }) =>
  limitsDigest === undefined
    ? found(
        'The limits of the organization cannot be read. Set them again with "rollcall limits set", then make a new plan.',
        null,
        plan.limitsDigest,
      )
    : undefined
