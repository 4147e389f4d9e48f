// Checks the age of the plan and of its snapshot, and whether the snapshot is complete.

import { formatCount } from '../../model/format-count.js'
import { allowedDifference } from '../../sync/completeness.js'
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

export const snapshotIncomplete: Check = (_, { snapshot }) => {
  if (snapshot?.complete === true) return undefined
  if (snapshot === undefined) return found('The snapshot of this plan is gone.', null, null)
  const { lacks } = snapshot
  if (lacks !== undefined) {
    const then = lacks.before === null ? 'although seats are in use' : `and ${lacks.before} % in the sync before`
    const what = `Atlassian sent ${lacks.what} for only ${lacks.now} % of the accounts, ${then}.`
    return found(`${what} Rollcall does not act on data that lacks it. Sync again later.`, lacks.now, lacks.before)
  }
  return found(
    `Atlassian listed ${formatCount(snapshot.accounts)} of ${formatCount(snapshot.expected)} accounts; at most ${formatCount(allowedDifference(snapshot.expected))} may be missing. Sync again.`,
    snapshot.accounts,
    snapshot.expected,
  )
}
