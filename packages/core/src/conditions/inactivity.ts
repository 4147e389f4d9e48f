// What all conditions about inactivity share: the margin for late data, and which data is not enough to decide.

import { allActivity, lastActiveIn, type Account } from '../model/account.js'
import type { ConditionLeaf } from '../model/policy.js'
import { day, formatInstant, hour, type Instant } from '../model/time.js'
import { match, noMatch, undetermined, type ConditionContext, type Verdict } from './condition.js'

/** Atlassian's last-active is up to 24 hours late. @see facts: last-active semantics of the admin API */
const lag = day

/** How far clocks may differ. A date further in the future is wrong data. */
export const clocksDiffer = hour
/** Atlassian was founded in 2002: an earlier date is a placeholder, such as 1970. */
const atlassianBegan: Instant = Date.UTC(2002, 0, 1)

/** Checks whether the last activity lies before a limit, with a margin for late data. */
export function inactiveSince(
  account: Account,
  limit: Instant,
  context: ConditionContext,
  leaf: ConditionLeaf,
): Verdict {
  const last = lastActiveIn(account, context.scope)
  if (last.kind === 'unknown') return undetermined({ code: 'last-active-unknown', why: last.why })
  if (account.addedAt === undefined) return undetermined({ code: 'added-date-unknown' })
  if (account.addedAt > context.now + clocksDiffer) return undetermined({ code: 'added-date-in-future' })
  if (last.kind === 'at' && last.at > context.now + clocksDiffer) return undetermined({ code: 'last-active-in-future' })
  const considered = context.scope === undefined ? allActivity(account) : [last]
  // A placeholder date does not say when the account used that product: it may have been after the newest date.
  if (considered.some((one) => one.kind === 'at' && one.at < atlassianBegan))
    return undetermined({ code: 'last-active-implausible' })
  if (account.addedAt >= limit) return noMatch({ code: 'too-new' })
  if (last.kind === 'never')
    return last.since < limit - lag
      ? match(`never active since ${formatInstant(last.since).slice(0, 10)}`)
      : noMatch({ code: 'too-new' })
  const margin = lag + (last.dateOnly === true ? day : 0)
  return last.at < limit - margin
    ? match(`last active ${formatInstant(last.at).slice(0, 10)}`)
    : noMatch({ code: 'recently-active', ...leaf })
}
