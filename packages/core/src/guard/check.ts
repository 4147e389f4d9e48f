// Check: one question of guard about a plan, and everything that it is answered by. Pure: a missing answer refuses.

import type { Gap } from '../audit/gap.js'
import type { OrganizationId } from '../model/ids.js'
import type { Organization } from '../model/organization.js'
import type { Plan } from '../model/plan.js'
import type { Refusal } from '../model/refusal.js'
import type { Snapshot } from '../model/snapshot.js'
import type { Instant } from '../model/time.js'
import type { StoredPolicy } from '../model/policy.js'

/** Everything that guard looks at beside the plan. */
export interface GuardContext {
  readonly now: Instant
  /** The organization that the host is set up for. */
  readonly organizationId: OrganizationId
  /** The organization that answers at Atlassian now; undefined where it was not asked. */
  readonly answering: Organization | undefined
  /** The plan's snapshot; undefined when it is gone. */
  readonly snapshot: Snapshot | undefined
  /** Finished snapshots before it, newest first. */
  readonly earlier: readonly Snapshot[]
  /** The policy as it is stored now; undefined when the plan has none or it is not stored. */
  readonly policy: StoredPolicy | undefined
  /** Digest of the protected list as it is now; undefined when it cannot be read. */
  readonly protectedDigest: string | undefined
  /** Digest of the organization's limits as they are now; undefined when they cannot be read. */
  readonly limitsDigest: string | undefined
  /** Intents written in the last seven days, over all runs. */
  readonly spent: number
  readonly stopped: boolean
  /** How the database falls short of what was done; undefined when it holds all. */
  readonly gap: Gap | undefined
  /** When a restored database was reconciled; plans from before that know nothing of what was lost. */
  readonly reconciledAt: Instant | undefined
  /** The fingerprint of what is stored, computed afresh. */
  readonly actualFingerprint: string
  /** The fingerprint that was approved; undefined where nobody approves now. */
  readonly approved: string | undefined
}

/** What a check found wrong. The table of refusals gives it its code. */
export type Finding = Omit<Refusal, 'code' | 'cause'>

export type Check = (plan: Plan, guardContext: GuardContext) => Finding | undefined

export const found = (message: string, actual: Refusal['actual'], limit: Refusal['limit']): Finding => ({
  message,
  actual,
  limit,
})
