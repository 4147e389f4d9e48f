// The table of refusals: one row per refusal. A new refusal is a row here and its check.

import { refusalCauses, refusalCodes, type Refusal, type RefusalCause, type RefusalCode } from '../model/refusal.js'
import type { Remedy } from '../model/remedy.js'
import type { Check } from './check.js'
import { planExpired, snapshotStale } from './checks/age.js'
import { overBudget, overCeiling, tooMany } from './checks/amount.js'
import { anomaly } from './checks/anomaly.js'
import {
  approvalForAnotherPlan,
  limitsChanged,
  planAltered,
  policyChanged,
  protectedListChanged,
} from './checks/changed.js'
import { columnsMissing, groupLostMembers, snapshotIncomplete } from './checks/complete.js'
import { databaseOlder, limitsUnreadable, planBeforeReconciliation, protectedUnreadable } from './checks/database.js'
import { stopped, tooFewAdmins, wrongOrganization } from './checks/organization.js'
import { excludesNobody } from './checks/names.js'
import { notPreviewed, policyDisabled } from './checks/policy.js'
import { timeUnknown } from './checks/time.js'
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
  /** Whether a run that it stops first reads back its sent changes. Another organization does not show them. */
  readonly readsBackFirst: boolean
  /** Whether an approval checks it again once others can see its run, because several approvals add up. */
  readonly checkedAgainOnceBegun: boolean
}

/** The code where it has one cause; the cause where several causes share a code. */
export type RefusalName = Exclude<RefusalCode, 'fingerprint-mismatch'> | RefusalCause

/** Only before a run begins: it was within its limits then, and Rollcall checks each account again before its change. */
const upToFirstStep: readonly Moment[] = ['preview', 'approve', 'first-step']
/** Also on resume: much may have changed since the run stopped. */
const alsoResume: readonly Moment[] = ['preview', 'approve', 'first-step', 'resume']
const alsoAdvance: readonly Moment[] = ['preview', 'approve', 'first-step', 'resume', 'advance']
const alsoRejoin: readonly Moment[] = ['preview', 'approve', 'first-step', 'resume', 'rejoin']
const allButReport: readonly Moment[] = ['preview', 'approve', 'first-step', 'resume', 'advance', 'rejoin']
const approvals: readonly Moment[] = ['approve', 'resume', 'rejoin', 'report']

const row = (
  code: RefusalCode,
  check: Check,
  checkedAt: readonly Moment[],
  remedy: Remedy,
  {
    acceptable = false,
    exemptWhenOnlyRestoring = [],
    readsBackFirst = true,
    checkedAgainOnceBegun = false,
  }: Partial<RefusalRow> = {},
): RefusalRow => ({
  code,
  check,
  acceptable,
  moments: checkedAt,
  exemptWhenOnlyRestoring,
  remedy,
  readsBackFirst,
  checkedAgainOnceBegun,
})

const mismatch = 'fingerprint-mismatch'

export const refusalTable: Readonly<Record<RefusalName, RefusalRow>> = {
  stopped: row('stopped', stopped, allButReport, 'resume', { exemptWhenOnlyRestoring: moments }),
  'wrong-organization': row('wrong-organization', wrongOrganization, allButReport, 'connect', {
    readsBackFirst: false,
  }),
  'database-older': row('database-older', databaseOlder, allButReport, 'reconcile'),
  'plan-before-reconciliation': row('database-older', planBeforeReconciliation, allButReport, 'make-new-plan'),
  'plan-altered': row(mismatch, planAltered, allButReport, 'make-new-plan'),
  'approval-for-another-plan': row(mismatch, approvalForAnotherPlan, approvals, 'review-plan'),
  'limits-unreadable': row(mismatch, limitsUnreadable, alsoAdvance, 'set-limits', {
    exemptWhenOnlyRestoring: moments,
  }),
  'limits-changed': row(mismatch, limitsChanged, alsoAdvance, 'make-new-plan', {
    exemptWhenOnlyRestoring: moments,
  }),
  'protected-list-changed': row(mismatch, protectedListChanged, alsoResume, 'make-new-plan', {
    exemptWhenOnlyRestoring: moments,
  }),
  'policy-changed': row(mismatch, policyChanged, alsoAdvance, 'make-new-plan', {
    exemptWhenOnlyRestoring: ['advance'],
  }),
  'protected-unreadable': row('protected-unreadable', protectedUnreadable, alsoRejoin, 'check-database', {
    exemptWhenOnlyRestoring: moments,
  }),
  'time-unknown': row('time-unknown', timeUnknown, allButReport, 'check-clock', { exemptWhenOnlyRestoring: moments }),
  'plan-expired': row('plan-expired', planExpired, alsoAdvance, 'make-new-plan', {
    exemptWhenOnlyRestoring: ['advance'],
  }),
  'snapshot-stale': row('snapshot-stale', snapshotStale, upToFirstStep, 'sync', { exemptWhenOnlyRestoring: moments }),
  'snapshot-incomplete': row('snapshot-incomplete', snapshotIncomplete, upToFirstStep, 'sync', {
    exemptWhenOnlyRestoring: moments,
  }),
  'columns-missing': row('snapshot-incomplete', columnsMissing, upToFirstStep, 'sync', {
    exemptWhenOnlyRestoring: moments,
  }),
  'group-lost-members': row('snapshot-incomplete', groupLostMembers, upToFirstStep, 'accept-baseline', {
    exemptWhenOnlyRestoring: moments,
  }),
  'policy-disabled': row('policy-disabled', policyDisabled, alsoAdvance, 'enable-policy', {
    exemptWhenOnlyRestoring: ['advance'],
  }),
  'not-previewed': row('not-previewed', notPreviewed, upToFirstStep, 'preview-policy', { acceptable: true }),
  'too-few-admins': row('too-few-admins', tooFewAdmins, upToFirstStep, 'add-admin'),
  'over-ceiling': row('over-ceiling', overCeiling, upToFirstStep, 'narrow-conditions', {
    exemptWhenOnlyRestoring: moments,
  }),
  'excludes-nobody': row('excludes-nobody', excludesNobody, upToFirstStep, 'correct-names', {
    exemptWhenOnlyRestoring: moments,
    acceptable: true,
  }),
  'too-many': row('too-many', tooMany, upToFirstStep, 'raise-limits', {
    exemptWhenOnlyRestoring: moments,
    acceptable: true,
  }),
  'over-budget': row('over-budget', overBudget, alsoResume, 'wait', {
    exemptWhenOnlyRestoring: moments,
    acceptable: true,
    checkedAgainOnceBegun: true,
  }),
  anomaly: row('anomaly', anomaly, upToFirstStep, 'accept-baseline', {
    exemptWhenOnlyRestoring: moments,
    acceptable: true,
  }),
}

export const refusalNames = Object.keys(refusalTable) as readonly RefusalName[]

/** The cause behind a name; undefined where the code has one cause. */
export const causeOf = (name: RefusalName): RefusalCause | undefined => refusalCauses.find((cause) => cause === name)

/** The row of a refusal that guard has just found. */
export const rowOf = ({ code, cause }: Pick<Refusal, 'code' | 'cause'>): RefusalRow =>
  refusalTable[(cause ?? code) as RefusalName]

/** What an admin can do about a refusal. One that an earlier version stored has no cause; then a new plan helps. */
export const remedyOf = (refusal: Pick<Refusal, 'code' | 'cause'>): Remedy =>
  refusal.cause === undefined && refusal.code === mismatch ? 'make-new-plan' : rowOf(refusal).remedy

/** The codes that a person may accept by name. */
export const acceptableCodes: readonly RefusalCode[] = refusalCodes.filter((code) =>
  Object.values(refusalTable).some((one) => one.code === code && one.acceptable),
)

/** The refusals that remain after a person has accepted some codes by name. */
export const notAccepted = (refusals: readonly Refusal[], accepted: readonly RefusalCode[]): readonly Refusal[] =>
  refusals.filter(({ code }) => !acceptableCodes.includes(code) || !accepted.includes(code))
