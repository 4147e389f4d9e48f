// What all conditions about inactivity share: the margin for late data, and which data is not enough to decide.

import { lastActiveIn, placeholderDate, type Account } from '../model/account.js'
import type { ConditionLeaf } from '../model/policy.js'
import { isInFuture } from '../model/plausible-instant.js'
import { day, formatInstant, type Instant } from '../model/time.js'
import { joiningDoubt } from './joined.js'
import { match, noMatch, undetermined, type ConditionContext, type Verdict } from './condition.js'

/** Atlassian's last-active is up to 24 hours late. @see facts: last-active semantics of the admin API */
const lag = day

/** Checks whether the last activity lies before a limit, with a margin for late data. */
export function inactiveSince(
  account: Account,
  limit: Instant,
  context: ConditionContext,
  leaf: ConditionLeaf,
): Verdict {
  if (context.unknownTime !== undefined) return undetermined(context.unknownTime)
  const last = lastActiveIn(account, context.scope)
  if (last.kind === 'unknown')
    return undetermined(
      last.why === placeholderDate
        ? { code: 'last-active-implausible' }
        : { code: 'last-active-unknown', why: last.why },
    )
  if (last.kind === 'at' && isInFuture(last.at, context.now)) return undetermined({ code: 'last-active-in-future' })
  const doubt = joiningDoubt(account, context.now, last)
  if (doubt !== undefined) return undetermined(doubt)
  if (last.kind === 'never' && isInFuture(last.since, context.now))
    return undetermined({ code: 'added-date-in-future' })
  if (account.addedAt === undefined || account.addedAt >= limit) return noMatch({ code: 'too-new' })
  if (last.kind === 'never')
    return last.since < limit - lag
      ? match(`never active since ${formatInstant(last.since).slice(0, 10)}`)
      : noMatch({ code: 'too-new' })
  const margin = lag + (last.dateOnly === true ? day : 0)
  return last.at < limit - margin
    ? match(`last active ${formatInstant(last.at).slice(0, 10)}`)
    : noMatch({ code: 'recently-active', ...leaf })
}
