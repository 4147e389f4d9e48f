// When an account joined, as far as conditions may rely on it.

import { allActivity, believed, latestPossible, type Account, type LastActive } from '../model/account.js'
import type { Exclusion } from '../model/exclusion.js'
import { isInFuture, isPlaceholder, joinedAfterUse } from '../model/plausible-instant.js'
import type { Instant } from '../model/time.js'

/** Finds why the joining date of an account is not believed; undefined when it is. `last` is the activity judged with it. */
export function joiningDoubt(account: Account, now: Instant, last?: LastActive): Exclusion | undefined {
  const { addedAt } = account
  if (addedAt === undefined) return { code: 'added-date-unknown' }
  if (isInFuture(addedAt, now)) return { code: 'added-date-in-future' }
  if (isPlaceholder(addedAt)) return { code: 'added-date-implausible' }
  const judged = last?.kind === 'at' ? [last] : allActivity(account).map(believed)
  const used = judged.filter(({ kind }) => kind === 'at').map(latestPossible)
  return used.length > 0 && joinedAfterUse(addedAt, Math.max(...used))
    ? { code: 'added-date-after-activity' }
    : undefined
}
