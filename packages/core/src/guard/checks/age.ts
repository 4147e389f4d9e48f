// Checks the age of the plan and of its snapshot.

import { hour, minute, wholeHours } from '../../model/time.js'
import { found, type Check } from '../check.js'

export const planExpired: Check = (plan, { now }) => {
  const age = now - plan.createdAt
  const limit = plan.limits.planAge * hour
  // Atlassian's time has no fractions of a second, so the clocks of two machines may differ by a second.
  if (age >= -minute && age <= limit) return undefined
  const why =
    age < 0
      ? 'was made in the future; check the clock of this machine'
      : `is ${wholeHours(age)} hours old; the limit is ${wholeHours(limit)}`
  return found(`The plan ${why}.`, wholeHours(age), wholeHours(limit))
}

export const snapshotStale: Check = (plan, { now }) => {
  const age = now - plan.snapshotAsOf
  const limit = plan.limits.snapshotAge * hour
  if (age >= -hour && age <= limit) return undefined
  return found(
    `The snapshot is ${wholeHours(age)} hours old; the limit is ${wholeHours(limit)}.`,
    wholeHours(age),
    wholeHours(limit),
  )
}
