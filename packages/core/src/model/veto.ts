// A veto: a person restored access that Rollcall had removed. Rollcall then excludes the account for some time.

import type { ActionId } from './action-id.js'
import type { Exclusion } from './exclusion.js'
import type { AccountId, RunId } from './ids.js'
import type { Instant } from './time.js'

export interface Veto {
  readonly accountId: AccountId
  /** The action that the person reversed. */
  readonly action: ActionId
  readonly runId: RunId
  /** What the person gave back of that run's changes (`resourceOf`); absent in vetoes of version 0.1.0: everything. */
  readonly resources?: readonly string[]
  readonly since: Instant
  /** When the exemption ends; undefined: only when a person ends it. */
  readonly until: Instant | undefined
  /** How often people have restored access that Rollcall had removed. */
  readonly times: number
}

/** Finds why Rollcall excludes an exempt account; undefined when the exemption has ended. */
export function vetoedBecause(veto: Veto | undefined, now: Instant): Exclusion | undefined {
  if (veto === undefined) return undefined
  const { since, until, times } = veto
  if (until === undefined) return { code: 'restored-repeatedly', times }
  return until > now ? { code: 'exempt', since, until } : undefined
}
