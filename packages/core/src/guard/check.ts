// Check: one reason against a plan, and the context that guard compares it with. Pure. Where data is missing, at least one
// check refuses the plan; an unreadable list has a check of its own.

import type { Gap } from '../audit/gap.js'
import type { OrganizationId } from '../model/ids.js'
import type { Reconciliation } from '../model/mark.js'
import type { Organization } from '../model/organization.js'
import type { NamedGroup } from '../model/named-group.js'
import type { Plan } from '../model/plan.js'
import type { Refusal } from '../model/refusal.js'
import type { SnapshotHead } from '../model/snapshot.js'
import type { UnknownTime } from '../model/known-time.js'
import type { Instant } from '../model/time.js'
import type { StoredPolicy } from '../model/policy.js'

/** Everything that guard needs in addition to the plan. */
export interface GuardContext {
  readonly now: Instant
  /** Why the time is unknown; undefined while it is known. */
  readonly unknownTime: UnknownTime | undefined
  /** The organization that the host is connected to. */
  readonly organizationId: OrganizationId
  /** The organization of the API key, as Atlassian shows it now. To show a plan, Rollcall does not ask: as a later sync showed it, or undefined. */
  readonly connected: Organization | undefined
  /** The plan's snapshot; undefined when it is gone. */
  readonly snapshot: SnapshotHead | undefined
  /** Finished snapshots before it, newest first. */
  readonly earlier: readonly SnapshotHead[]
  /** The policy as it is stored now; undefined when the plan has none or it is not stored. */
  readonly policy: StoredPolicy | undefined
  /** Digest of the current protected list; undefined when it is unreadable. */
  readonly protectedDigest: string | undefined
  /** The groups on the current protected list; none when it is unreadable, which has a check of its own. */
  readonly protectedGroups: readonly NamedGroup[]
  /** Digest of the organization's current limits; undefined when they are unreadable. */
  readonly limitsDigest: string | undefined
  /** Accounts that all runs have charged to the weekly budget in the last seven days. */
  readonly spent: number
  readonly stopped: boolean
  /** What the audit log lacks; undefined when the database is up to date. */
  readonly gap: Gap | undefined
  /** The newest reconciliation of a restored database; earlier plans do not know the lost entries. */
  readonly reconciled: Reconciliation | undefined
  /** The fingerprint of the stored plan, computed again. */
  readonly actualFingerprint: string
  /** The fingerprint that the approval names; undefined when nobody approves now. */
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
