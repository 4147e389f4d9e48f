// What every condition about inactivity shares: the margin for late data, and what is held.

import { lastActiveIn, type Account } from '../account.js'
import { day, formatInstant, hour, type Instant } from '../time.js'
import { held, match, noMatch, type ConditionContext, type Verdict } from './condition.js'

/** Atlassian's last-active is up to 24 hours late. @see facts: last-active semantics of the admin API */
export const lag = day

/** Judges whether the last activity lies before a limit, with the margin that unknown lateness asks for. */
export function quietSince(account: Account, limit: Instant, context: ConditionContext): Verdict {
  const last = lastActiveIn(account, context.scope)
  if (last.kind === 'unknown') return held(`last active unknown: ${last.why}`)
  if (account.addedAt === undefined) return held('the day the account was added is unknown')
  if (account.addedAt >= limit) return noMatch('account is younger than the threshold')
  if (last.kind === 'never') {
    if (last.since > context.now) return held('the account was added in the future')
    return last.since < limit - lag
      ? match(`never active since ${formatInstant(last.since).slice(0, 10)}`)
      : noMatch('never active, but added too recently')
  }
  if (last.at > context.now + hour) return held('last active lies in the future')
  const margin = lag + (last.dateOnly === true ? day : 0)
  return last.at < limit - margin
    ? match(`last active ${formatInstant(last.at).slice(0, 10)}`)
    : noMatch('active inside the threshold')
}
