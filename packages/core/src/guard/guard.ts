// Guard: every reason why a plan must not run, each with the figure and the limit. Empty means safe. Execute comes next.
// Pure: what it judges by is handed in, and what is missing there refuses.

import { actions } from '../actions/index.js'
import { percent, riseOf, tenths } from '../sync/baseline.js'
import { allowedAccounts, bounds, ceiling } from '../model/hard-limits.js'
import type { OrganizationId } from '../model/ids.js'
import type { Organization } from '../model/organization.js'
import { acceptableCodes, type Plan, type Refusal, type RefusalCode } from '../model/plan.js'
import type { StoredPolicy } from '../model/policy.js'
import { metricFor, organizationMetric } from '../sync/inactivity-stats.js'
import { formatInstant, hour, minute, wholeHours, type Instant } from '../model/time.js'
import type { Snapshot } from '../model/snapshot.js'
import { onlyRestores } from './only-restores.js'
import { describeGap, lastEntry, type Gap } from '../audit/gap.js'

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
  /** The fingerprint that was approved; undefined for a preview. */
  readonly approved: string | undefined
}

type Check = (plan: Plan, guardContext: GuardContext) => Refusal | undefined
const refuse = (code: RefusalCode, message: string, actual: Refusal['actual'], limit: Refusal['limit']): Refusal => ({
  code,
  message,
  actual,
  limit,
})

const checks: Readonly<Record<RefusalCode, Check>> = {
  stopped: (_, { stopped }) =>
    stopped
      ? refuse('stopped', 'The stop switch is on. Find out why, then run "rollcall resume".', 'on', 'off')
      : undefined,

  'wrong-organization': ({ organization: { id, name } }, { organizationId, answering = { id, name } }) => {
    if (id === organizationId && id === answering.id && name === answering.name) return undefined
    const other = id === organizationId ? `${answering.name} (${answering.id})` : organizationId
    return refuse(
      'wrong-organization',
      `The plan is for ${name} (${id}), this Rollcall is connected to ${other}. Connect the right organization or make a new plan.`,
      other,
      `${name} (${id})`,
    )
  },

  'database-older': (plan, { gap, reconciledAt = -Infinity }) => {
    if (gap !== undefined) return refuse('database-older', describeGap(gap), gap.end, lastEntry(gap))
    if (plan.createdAt >= reconciledAt) return undefined
    return refuse(
      'database-older',
      'The plan was made before a restored database was reconciled. Make a new plan.',
      formatInstant(plan.createdAt),
      formatInstant(reconciledAt),
    )
  },

  'fingerprint-mismatch': (plan, { actualFingerprint, approved, protectedDigest, limitsDigest, policy }) => {
    if (plan.fingerprint !== actualFingerprint)
      return refuse(
        'fingerprint-mismatch',
        'The stored plan was altered after it was made. Make a new plan.',
        actualFingerprint,
        plan.fingerprint,
      )
    if (approved !== undefined && approved !== plan.fingerprint)
      return refuse(
        'fingerprint-mismatch',
        'The approval is for another plan. Look at this plan, then approve its own fingerprint.',
        approved,
        plan.fingerprint,
      )
    if (limitsDigest !== plan.limitsDigest)
      return refuse(
        'fingerprint-mismatch',
        limitsDigest === undefined
          ? 'The limits of the organization cannot be read. Set them again with "rollcall limits set", then make a new plan.'
          : 'The limits of the organization have changed since the plan was made. Make a new plan.',
        limitsDigest ?? null,
        plan.limitsDigest,
      )
    if (protectedDigest !== undefined && protectedDigest !== plan.protectedDigest)
      return refuse(
        'fingerprint-mismatch',
        'The protected list has changed since the plan was made. Make a new plan.',
        protectedDigest,
        plan.protectedDigest,
      )
    if (plan.source === 'policy' && policy !== undefined && policy.version !== plan.policyVersion)
      return refuse(
        'fingerprint-mismatch',
        `The policy ${policy.name} has changed since the plan was made. Make a new plan.`,
        policy.version,
        plan.policyVersion,
      )
    return undefined
  },

  'protected-unreadable': (_, { protectedDigest }) =>
    protectedDigest === undefined
      ? refuse(
          'protected-unreadable',
          'The protected list cannot be read, so nothing runs. Check the database, then try again.',
          null,
          null,
        )
      : undefined,

  'plan-expired': (plan, { now }) => {
    const age = now - plan.createdAt
    const limit = plan.limits.planAge * hour
    // Two machines that have heard Atlassian's time differ by a second: its header has no fractions.
    if (age >= -minute && age <= limit) return undefined
    const why =
      age < 0
        ? 'was made in the future; check the clock of this machine'
        : `is ${wholeHours(age)} hours old; the limit is ${wholeHours(limit)}`
    return refuse('plan-expired', `The plan ${why}. Make a new plan.`, wholeHours(age), wholeHours(limit))
  },

  'snapshot-stale': (plan, { now }) => {
    if (onlyRestores(plan)) return undefined
    const age = now - plan.snapshotAsOf
    const limit = plan.limits.snapshotAge * hour
    if (age >= -hour && age <= limit) return undefined
    return refuse(
      'snapshot-stale',
      `The snapshot is ${wholeHours(age)} hours old; the limit is ${wholeHours(limit)}. Run "rollcall sync", then make a new plan.`,
      wholeHours(age),
      wholeHours(limit),
    )
  },

  'snapshot-incomplete': (plan, { snapshot }) => {
    if (snapshot?.complete === true || onlyRestores(plan)) return undefined
    if (snapshot === undefined)
      return refuse(
        'snapshot-incomplete',
        'The snapshot of this plan is gone. Run "rollcall sync", then make a new plan.',
        null,
        null,
      )
    return refuse(
      'snapshot-incomplete',
      `Atlassian listed ${snapshot.accounts} of ${snapshot.expected} accounts; at most 0.5 % may be missing. Run "rollcall sync" again.`,
      snapshot.accounts,
      snapshot.expected,
    )
  },

  'policy-disabled': ({ source, policy: name }, { policy }) =>
    source !== 'policy' || policy?.enabled === true
      ? undefined
      : refuse(
          'policy-disabled',
          `The policy ${name ?? ''} is disabled or gone. Enable it with "rollcall policy enable", or run a plan made from its file.`,
          policy === undefined ? 'gone' : 'disabled',
          'enabled',
        ),

  'not-previewed': (plan, { policy }) => {
    if (!plan.scheduled || policy === undefined) return undefined
    const seen = policy.previewedIn === plan.organization.id && policy.previewedVersion === plan.policyVersion
    if (seen) return undefined
    return refuse(
      'not-previewed',
      `Nobody has looked at a plan of this version of ${policy.name} for ${plan.organization.name} yet. Make one with "rollcall plan" and read it.`,
      policy.previewedVersion?.slice(0, 12) || null,
      plan.policyVersion?.slice(0, 12) ?? null,
    )
  },

  'too-few-admins': (plan, { snapshot }) => {
    const admins = snapshot?.admins ?? 0
    // What only gives access back cannot cost an admin, and undo has to stay possible.
    if (admins >= bounds.admins || !plan.actions.some(({ action }) => actions[action].removesAccess)) return undefined
    return refuse(
      'too-few-admins',
      `Only ${admins} active organization admins are known; at least ${bounds.admins} have to stay. Make another person organization admin first.`,
      admins,
      bounds.admins,
    )
  },

  'over-ceiling': (plan) => {
    const limit = ceiling(plan.population)
    if (plan.actions.length <= limit) return undefined
    return refuse(
      'over-ceiling',
      `The plan touches ${plan.actions.length} of ${plan.population} accounts (${percent(plan.actions.length, plan.population)} %); no run may touch more than ${limit}. Narrow the conditions.`,
      plan.actions.length,
      limit,
    )
  },

  'too-many': (plan) => {
    const limit = allowedAccounts(plan)
    if (plan.actions.length <= limit) return undefined
    return refuse(
      'too-many',
      `The plan touches ${plan.actions.length} of ${plan.population} accounts (${percent(plan.actions.length, plan.population)} %); its limits allow ${limit}. Narrow the conditions, raise the limits, or choose "take: ${limit}" to take the least active first.`,
      plan.actions.length,
      limit,
    )
  },

  'over-budget': (plan, { spent }) => {
    if (onlyRestores(plan)) return undefined
    const limit = Math.max(
      Math.floor((plan.population * plan.limits.budget) / 100),
      plan.population < bounds.smallPopulation ? bounds.smallPopulationAccounts : 0,
    )
    const total = spent + plan.actions.length
    if (plan.actions.length === 0 || total <= limit) return undefined
    if (total === Infinity)
      return refuse(
        'over-budget',
        'How much of the budget was spent before the database was restored cannot be told, so that for 7 days all of it counts as spent. Look at the accounts before you accept it.',
        null,
        limit,
      )
    return refuse(
      'over-budget',
      `With ${spent} accounts already touched in the last 7 days, this plan makes ${total}; the budget is ${limit}, ${plan.limits.budget} % of ${plan.population}. Wait, or narrow the conditions.`,
      total,
      limit,
    )
  },

  anomaly: (plan, { snapshot, earlier }) => {
    if (snapshot === undefined || snapshot.accounts === 0 || onlyRestores(plan)) return undefined
    if (snapshot.takenAsUsual === true) return undefined
    for (const gauge of [organizationMetric, metricFor(plan, snapshot)]) {
      const risen = gauge && riseOf(snapshot, earlier, plan.limits.anomaly, gauge)
      if (gauge === undefined || risen === undefined || risen.rise <= risen.limit) continue
      return refuse(
        'anomaly',
        `The share of ${gauge.who} rose by ${risen.rise.toFixed(1)} points since the last snapshot that was usual; ${risen.limit.toFixed(1)} is usual. Atlassian's dates may be wrong: look at the accounts before you go on. If they are right, say so with "rollcall usual".`,
        risen.rise,
        tenths(risen.limit),
      )
    }
    return undefined
  },
}

/** Lists every refusal of a plan under the given guardContext. */
export const guard = (plan: Plan, guardContext: GuardContext): readonly Refusal[] =>
  Object.values(checks).flatMap((check) => check(plan, guardContext) ?? [])

/** The refusals that remain after a person has accepted some codes by name. */
export const notAccepted = (refusals: readonly Refusal[], accepted: readonly RefusalCode[]): readonly Refusal[] =>
  refusals.filter(({ code }) => !acceptableCodes.includes(code) || !accepted.includes(code))

/** GuardContext in which only an altered plan, or the approval of another one, is a mismatch. */
export const unaltered = (now: GuardContext, plan: Plan): GuardContext => ({
  ...now,
  protectedDigest: now.protectedDigest === undefined ? undefined : plan.protectedDigest,
  limitsDigest: plan.limitsDigest,
  policy: undefined,
})
