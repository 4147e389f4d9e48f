// A veto: a person gave back what Rollcall had removed. Rollcall then leaves the account alone for a while.

import type { ActionId } from './action-id.js'
import type { Exclusion } from './exclusion.js'
import type { AccountId, RunId } from './ids.js'
import type { Instant } from './time.js'

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

/** Finds why Rollcall excludes an exempt account; undefined when the exemption has ended. */
export function vetoedBecause(veto: Veto | undefined, now: Instant): Exclusion | undefined {
  if (veto === undefined) return undefined
  const { since, until, times } = veto
  if (until === undefined) return { code: 'restored-repeatedly', times }
  return until > now ? { code: 'exempt', since, until } : undefined
}
