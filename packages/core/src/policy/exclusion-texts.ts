// The sentence of each exclusion, for one account and for a count of accounts.

import { conditions } from '../conditions/index.js'
import type { ConditionId } from '../model/condition-values.js'
import type { Exclusion, ExclusionCode, ExclusionValues } from '../model/exclusion.js'
import type { ConditionLeaf } from '../model/policy.js'
import { placePhrase } from '../model/product-name.js'
import { adminRoleName } from '../model/role-name.js'
import { formatInstant, type Instant } from '../model/time.js'
import { describeConditions } from './condition-tree.js'

type Texts = {
  readonly [Code in ExclusionCode]: {
    /** Says why one account is excluded. */
    readonly text: (values: ExclusionValues[Code]) => string
    /** Says the same for many accounts; needed where the text names a value that differs between accounts. */
    readonly summary?: string | ((values: ExclusionValues[Code]) => string)
  }
}

const dateOf = (at: Instant): string => formatInstant(at).slice(0, 10)
const joined = (texts: readonly string[]): string => [...new Set(texts)].join(', ')
const placeIn = ({ site, product }: { readonly site: string; readonly product: string }) => placePhrase(site, product)
const statusNames = { suspended: 'suspended', deactivated: 'deactivated', 'not-member': 'not a member' } as const
const accountStatusNames = { active: 'active', inactive: 'deactivated', closed: 'closed' } as const
const endings = {
  intent: 'its change was never sent',
  skipped: 'the run skipped it',
  failed: 'its change failed',
  'not-attempted': 'the run never reached it',
} as const

const unmet = <Id extends ConditionId>({ condition, value }: ConditionLeaf<Id>): string =>
  conditions[condition].describeUnmet(value)

const texts: Texts = {
  admin: { text: ({ role }) => adminRoleName(role), summary: 'admin' },
  'account-type': { text: ({ type }) => `${type} account`, summary: 'not the account of a person' },
  'likely-service-account': {
    text: () => 'likely service account; if it is a person, an admin can say so on the protected list',
    summary: 'likely service account',
  },
  protected: { text: ({ subject, reason }) => `protected list (${subject}: ${reason})`, summary: 'protected list' },
  requester: { text: () => 'is the requester' },
  exempt: {
    text: ({ since, until }) => `exempt until ${dateOf(until)}: somebody restored access on ${dateOf(since)}`,
    summary: 'exempt: somebody restored access',
  },
  'restored-repeatedly': {
    text: ({ times }) => `exempt: people restored access ${times} times`,
    summary: 'exempt: people restored access more than once',
  },

  'time-unknown': {
    text: ({ machine, atlassian }) =>
      `the time is unknown: this machine's clock shows ${formatInstant(machine)}, Atlassian's answers ${atlassian === null ? 'no time' : formatInstant(atlassian)}`,
    summary: "the time is unknown: Atlassian's answers do not confirm this machine's clock",
  },
  'last-active-unknown': { text: ({ why }) => `last active unknown: ${why}` },
  'activity-in-atlassian-unknown': { text: ({ why }) => `last active in all of Atlassian unknown: ${why}` },
  'activity-in-atlassian-outdated': {
    text: ({ hours }) => `last active in all of Atlassian was read more than ${hours} hours ago: sync, and plan again`,
  },
  'last-active-in-future': { text: () => 'last active lies in the future' },
  'last-active-implausible': { text: () => 'last active lies before Atlassian was founded' },
  'added-date-unknown': { text: () => 'the day the account was added is unknown' },
  'added-date-in-future': { text: () => 'the day the account was added lies in the future' },
  'added-date-implausible': { text: () => 'the day the account was added lies before Atlassian was founded' },
  'added-date-after-activity': { text: () => 'the day the account was added is later than its last activity' },
  'condition-unreadable': { text: ({ value }) => `the condition's value "${value}" is no existing date or duration` },
  'condition-date-in-future': { text: ({ date }) => `the date of the condition, ${date}, lies in the future` },
  'email-unknown': { text: () => 'email address unknown' },
  'products-unknown': { text: ({ why }) => `not all products are known: ${why}` },
  'claim-unknown': { text: () => 'Atlassian does not say whether the account is managed' },
  'data-unreadable': {
    text: ({ fields }) => `Atlassian sent data about the account that Rollcall cannot read: ${fields.join(', ')}`,
    summary: 'Atlassian sent data about the account that Rollcall cannot read',
  },
  'status-unknown': { text: () => 'status unknown' },
  'directory-status-unknown': { text: () => 'status in one directory is unknown' },

  'recently-active': { text: unmet },
  'too-new': { text: () => 'added too recently' },
  'condition-not-met': { text: unmet },
  'condition-met': { text: (values) => describeConditions(values.conditions) },
  'no-condition-met': {
    text: ({ reasons }) => joined(reasons.map(exclusionText)),
    summary: ({ reasons }) => joined(reasons.map(exclusionSummary)),
  },
  'other-products': {
    text: ({ reason }) => `in other products: ${exclusionText(reason)}`,
    summary: ({ reason }) => `in other products: ${exclusionSummary(reason)}`,
  },
  'beyond-take': { text: ({ take }) => `not among the ${take} least active, which one run changes at most` },

  'already-active': { text: () => 'already active' },
  'already-suspended': { text: () => 'already suspended' },
  'already-deactivated': { text: () => 'already deactivated' },
  'already-in-group': { text: ({ group }) => `already in group ${group}` },
  'already-has-product': { text: (place) => `already has ${placeIn(place)}` },
  'not-a-member': { text: () => 'no longer a member' },
  'not-in-group': { text: ({ group }) => `not in group ${group}` },
  'no-product-access': { text: (place) => `has no access to ${placeIn(place)}` },
  'holds-no-seat': { text: ({ status }) => `is ${status}, and holds no seat` },
  'nothing-to-change': { text: () => 'Atlassian shows nothing to change' },

  'membership-status': { text: ({ status }) => `is ${statusNames[status]}` },
  'account-status': { text: ({ status }) => `account is ${accountStatusNames[status]}` },
  'not-managed': { text: () => 'not a managed account' },
  'owned-by-identity-provider': { text: () => 'owned by the identity provider, which would undo the change' },
  'source-unknown': {
    text: () => 'Atlassian does not say whether the identity provider owns the account, and would undo the change',
  },
  'group-missing': { text: ({ group }) => `there is no group ${group}` },
  'group-ambiguous': { text: ({ group }) => `several directories have a group ${group}` },
  'group-not-changeable': {
    text: ({ group }) => `the identity provider owns group ${group}, or the API key cannot change it`,
    summary: 'the identity provider owns the group, or the API key cannot change it',
  },
  'group-grants-more': {
    text: ({ group }) => `in a group that also grants other products: ${group}`,
    summary: 'in a group that also grants other products',
  },
  'no-default-group': {
    text: (place) => `${placeIn(place)} has no default group that grants it alone and can be changed`,
  },
  'no-granting-group': { text: () => 'no visible group grants this product' },
  'directly-assigned-role': { text: (place) => `has a role on ${placeIn(place)} that is assigned directly` },

  'left-out': {
    text: ({ by, reason }) => `left out of this plan by ${by}${reason === null ? '' : `: ${reason}`}`,
    summary: 'left out of this plan by a person',
  },

  'not-in-snapshot': { text: () => 'not in the snapshot' },

  'no-longer-in-organization': { text: () => 'no longer in the organization' },
  'no-longer-found': {
    text: ({ why }) => why,
    summary: 'Atlassian no longer finds the account or what would change',
  },
  'groups-vanished': {
    text: () => 'Atlassian shows no groups of the account any more, so protection by groups is unknown',
  },
  'active-since-plan': {
    text: () => 'active since the plan was made',
    summary: 'active since the sync that the plan is based on',
  },
  'active-since-change': { text: () => 'active since the change that would be undone' },
  'token-in-use': {
    text: ({ usedAt }) => `likely service account: an API token was used on ${dateOf(usedAt)}`,
    summary: 'likely service account: an API token is in use',
  },
  'tokens-unknown': {
    text: () => 'Atlassian does not say whether the account is managed, so Rollcall cannot check its API tokens',
  },
  'tokens-unreadable': { text: () => 'Atlassian does not say when the API tokens of the account were last used' },
  'earlier-change-open': {
    text: ({ runId }) => `run ${runId} does not know yet whether Atlassian applied its change to this account`,
    summary: 'another run does not know yet whether Atlassian applied its change',
  },
  'lifecycle-not-allowed': {
    text: ({ why }) => `Atlassian does not allow it: ${why ?? 'no reason given'}`,
    summary: 'Atlassian does not allow it',
  },

  'restored-since': { text: () => 'a person has restored it since: nothing left to undo' },
  'reversed-since': {
    text: ({ runId }) => `run ${runId} has reversed it since: nothing left to undo`,
    summary: 'a later run has reversed it: nothing left to undo',
  },
  'nothing-changed': { text: ({ state }) => `${endings[state]}: nothing to undo` },
  'nothing-left-to-undo': {
    text: ({ unrestored }) => `nothing left to undo${unrestored === null ? '' : `; ${unrestored}`}`,
    summary: 'nothing left to undo',
  },

  earlier: { text: ({ text }) => text },
}

/** Every code, in the order of the catalogue. */
export const exclusionCodes = Object.keys(texts) as readonly ExclusionCode[]

/** Looks up a row under the type of its own code: TypeScript does not see that row and values belong together. */
const rowOf = ({ code }: Exclusion) =>
  texts[code] as {
    readonly text: (values: Exclusion) => string
    readonly summary?: string | ((values: Exclusion) => string)
  }

/** Says why one account is excluded. */
export function exclusionText(exclusion: Exclusion): string {
  return rowOf(exclusion).text(exclusion)
}

/** Says why many accounts are excluded, without values that differ between them. */
export function exclusionSummary(exclusion: Exclusion): string {
  const { text, summary = text } = rowOf(exclusion)
  return typeof summary === 'string' ? summary : summary(exclusion)
}

/** True if a filter names this exclusion, by its code or by its words. */
export const fitsReason = (exclusion: Exclusion, reason: string): boolean =>
  reason === exclusion.code || reason === exclusionSummary(exclusion) || reason === exclusionText(exclusion)
