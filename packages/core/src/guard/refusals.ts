// The table of refusals: one row per refusal. A new refusal is a row here and its check.

import { refusalCauses, refusalCodes, type Refusal, type RefusalCause, type RefusalCode } from '../model/refusal.js'
import type { Remedy } from '../model/remedy.js'
import type { Check } from './check.js'
import { planExpired, snapshotIncomplete, snapshotStale } from './checks/age.js'
import { overBudget, overCeiling, tooMany } from './checks/amount.js'
import { anomaly } from './checks/anomaly.js'
import {
  approvalForAnotherPlan,
  limitsChanged,
  planAltered,
  policyChanged,
  protectedListChanged,
} from './checks/changed.js'
import { databaseOlder, limitsUnreadable, planBeforeReconciliation, protectedUnreadable } from './checks/database.js'
import { stopped, tooFewAdmins, wrongOrganization } from './checks/organization.js'
import { notPreviewed, policyDisabled } from './checks/policy.js'
import { moments, type Moment } from './moment.js'

export interface RefusalRow {
  /** The code that scripts see; several causes may share one. */
  readonly code: RefusalCode
  readonly check: Check
  /** Whether a person may accept it by its code. */
  readonly acceptable: boolean
  readonly moments: readonly Moment[]
  /** The moments at which a plan that only restores access is exempt: it can lock nobody out. */
  readonly exemptWhenOnlyRestoring: readonly Moment[]
  readonly remedy: Remedy
}

/** The code where it has one cause; the cause where several causes share a code. */
export type RefusalName = Exclude<RefusalCode, 'fingerprint-mismatch'> | RefusalCause

/** Only before a run begins: it was within its limits then, and Rollcall checks each account again before its change. */
const beforeIt: readonly Moment[] = ['preview', 'approve', 'first-step']
/** Also on resume: much may have changed since the run stopped. */
const alsoResuming: readonly Moment[] = [...beforeIt, 'resume']
const alsoDuring: readonly Moment[] = [...alsoResuming, 'advance']
const alsoRejoining: readonly Moment[] = [...alsoResuming, 'rejoin']
const untilItEnds: readonly Moment[] = [...alsoDuring, 'rejoin']
const approvals: readonly Moment[] = ['approve', 'resume', 'rejoin', 'report']

const row = (
  code: RefusalCode,
  check: Check,
  checkedAt: readonly Moment[],
  remedy: Remedy,
  { acceptable = false, exemptWhenOnlyRestoring = [] }: Partial<RefusalRow> = {},
): RefusalRow => ({ code, check, acceptable, moments: checkedAt, exemptWhenOnlyRestoring, remedy })

const mismatch = 'fingerprint-mismatch'
const acceptable = true
const onceBegun = { exemptWhenOnlyRestoring: ['advance'] } as const
const always = { exemptWhenOnlyRestoring: moments } as const

export const refusalTable: Readonly<Record<RefusalName, RefusalRow>> = {
  stopped: row('stopped', stopped, alsoRejoining, 'resume'),
  'wrong-organization': row('wrong-organization', wrongOrganization, untilItEnds, 'connect'),
  'database-older': row('database-older', databaseOlder, untilItEnds, 'reconcile'),
  'plan-before-reconciliation': row('database-older', planBeforeReconciliation, untilItEnds, 'make-new-plan'),
  'plan-altered': row(mismatch, planAltered, untilItEnds, 'make-new-plan'),
  'approval-for-another-plan': row(mismatch, approvalForAnotherPlan, approvals, 'review-plan'),
  'limits-unreadable': row(mismatch, limitsUnreadable, alsoDuring, 'set-limits', onceBegun),
  'limits-changed': row(mismatch, limitsChanged, alsoDuring, 'make-new-plan', onceBegun),
  'protected-list-changed': row(mismatch, protectedListChanged, alsoResuming, 'make-new-plan'),
  'policy-changed': row(mismatch, policyChanged, alsoDuring, 'make-new-plan', onceBegun),
  'protected-unreadable': row('protected-unreadable', protectedUnreadable, alsoRejoining, 'check-database'),
  'plan-expired': row('plan-expired', planExpired, alsoDuring, 'make-new-plan', onceBegun),
  'snapshot-stale': row('snapshot-stale', snapshotStale, beforeIt, 'sync', always),
  'snapshot-incomplete': row('snapshot-incomplete', snapshotIncomplete, beforeIt, 'sync', always),
  'policy-disabled': row('policy-disabled', policyDisabled, alsoDuring, 'enable-policy', onceBegun),
  'not-previewed': row('not-previewed', notPreviewed, beforeIt, 'preview-policy', { acceptable }),
  'too-few-admins': row('too-few-admins', tooFewAdmins, beforeIt, 'add-admin'),
  'over-ceiling': row('over-ceiling', overCeiling, beforeIt, 'narrow-conditions'),
  'too-many': row('too-many', tooMany, beforeIt, 'raise-limits', { acceptable }),
  'over-budget': row('over-budget', overBudget, alsoResuming, 'wait', { ...always, acceptable }),
  anomaly: row('anomaly', anomaly, beforeIt, 'accept-baseline', { ...always, acceptable }),
}

export const refusalNames = Object.keys(refusalTable) as readonly RefusalName[]

/** The cause behind a name; undefined where the code has one cause. */
export const causeOf = (name: RefusalName): RefusalCause | undefined => refusalCauses.find((cause) => cause === name)

/** What an admin can do about a refusal. One that an earlier version stored has no cause; then a new plan helps. */
export const remedyOf = ({ code, cause }: Pick<Refusal, 'code' | 'cause'>): Remedy =>
  cause === undefined && code === mismatch ? 'make-new-plan' : refusalTable[(cause ?? code) as RefusalName].remedy

/** The codes that a person may accept by name. */
export const acceptableCodes: readonly RefusalCode[] = refusalCodes.filter((code) =>
  Object.values(refusalTable).some((one) => one.code === code && one.acceptable),
)

/** The refusals that remain after a person has accepted some codes by name. */
export const notAccepted = (refusals: readonly Refusal[], accepted: readonly RefusalCode[]): readonly Refusal[] =>
  refusals.filter(({ code }) => !acceptableCodes.includes(code) || !accepted.includes(code))
