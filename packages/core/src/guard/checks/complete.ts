// Checks whether the snapshot has all accounts, all columns, and all members of the groups that exclude accounts.

import { formatCount } from '../../model/format-count.js'
import { sameName } from '../../model/same-name.js'
import { allowedDifference, isComplete } from '../../sync/completeness.js'
import { found, type Check } from '../check.js'

export const snapshotIncomplete: Check = (_, { snapshot }) => {
  if (snapshot?.complete === true) return undefined
  if (snapshot === undefined) return found('The snapshot of this plan is gone.', null, null)
  const { accounts, expected, lacks, countDiffers } = snapshot
  // Only a column is missing, which has a check of its own.
  if (lacks !== undefined && (isComplete(accounts, expected) || countDiffers !== undefined)) return undefined
  return found(
    `Atlassian listed ${formatCount(accounts)} of ${formatCount(expected)} accounts; at most ${formatCount(allowedDifference(expected))} may be missing. Sync again.`,
    accounts,
    expected,
  )
}

export const columnsMissing: Check = (_, { snapshot }) => {
  const lacks = snapshot?.lacks
  if (lacks === undefined) return undefined
  const then = lacks.before === null ? 'although seats are in use' : `and ${lacks.before} % in the sync before`
  const what = `Atlassian sent ${lacks.what} for only ${lacks.now} % of the accounts, ${then}.`
  return found(`${what} Rollcall does not act on data that lacks it. Sync again later.`, lacks.now, lacks.before)
}

/** A group that the protected list, the conditions or the action name. The one that lost most is reported. */
export const groupLostMembers: Check = ({ groupIds = [] }, { snapshot, protectedGroups }) => {
  if (snapshot === undefined || snapshot.acceptedAsBaseline === true) return undefined
  const named = [...groupIds, ...protectedGroups]
  const [worst, ...others] = (snapshot.lostMembers ?? [])
    .filter((lost) => named.some(({ name, ids }) => ids.includes(lost.id) || sameName(name, lost.name)))
    .toSorted((a, b) => b.before - b.now - (a.before - a.now))
  if (worst === undefined) return undefined
  const more = others.length === 0 ? '' : ` ${formatCount(others.length)} more of the groups lost members too.`
  return found(
    `The group "${worst.name}" has ${formatCount(worst.now)} members; it had ${formatCount(worst.before)} before.${more} The protected list or this plan depends on it. Check the group in Atlassian. If its members are right, accept the baseline.`,
    worst.now,
    worst.before,
  )
}
