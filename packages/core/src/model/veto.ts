// A veto: a person gave back what Rollcall had removed. Rollcall then leaves the account alone for a while.

import type { ActionId } from './action-id.js'
import type { AccountId, RunId } from './ids.js'
import { formatInstant, type Instant } from './time.js'

export interface Veto {
  readonly accountId: AccountId
  /** What was reversed. */
  readonly action: ActionId
  readonly runId: RunId
  readonly since: Instant
  /** Undefined: until a person lifts it. */
  readonly until: Instant | undefined
  /** How often somebody has restored the account against us. */
  readonly times: number
}

/** Why a vetoed account is spared; undefined when the veto has run out. */
export function vetoedBecause(veto: Veto | undefined, now: Instant): string | undefined {
  if (veto === undefined || (veto.until !== undefined && veto.until <= now)) return undefined
  const since = formatInstant(veto.since).slice(0, 10)
  const until = veto.until === undefined ? undefined : formatInstant(veto.until).slice(0, 10)
  if (until !== undefined) return `a person gave access back on ${since}: left alone until ${until}`
  return `a person gave access back ${veto.times} times: what is taken does not last`
}
