// An action declares itself in one file: what it needs and removes, which accounts it excludes, which requests it makes, and
// which action undoes it. No other file compares action names.

import type { Target } from '../model/target.js'
import type { Change } from '../model/change.js'
import type { ActionId, ActionNeeds } from '../model/action-id.js'
import type { Account } from '../model/account.js'
import type { AccountStanding } from '../model/directory-status.js'
import type { Exclusion } from '../model/exclusion.js'
import type { GroupGrant } from '../model/organization.js'
import { placePhrase } from '../model/product-name.js'

/** Why an action does not apply to an account: it is already in that state, or Rollcall must not or cannot change it. */
export interface FailedPrecondition {
  readonly kind: 'already-so' | 'excluded'
  readonly because: Exclusion
}

export interface Action<Id extends ActionId = ActionId> {
  /** What it does, as a sentence for the policy reference. */
  readonly meaning: string
  /** The lines of a policy file that request it. */
  readonly example: string
  /** What a request names in addition to the accounts: a product on a site, a group, or nothing. */
  readonly needs: ActionNeeds[Id]
  readonly inverse: ActionId
  /** True when it removes access: then Rollcall excludes accounts that were active since the plan. */
  readonly removesAccess: boolean
  readonly severity: 'product' | 'organization' | 'account'
  /** The population when the scope is one product: accounts with that product, or all accounts where the action grants it. */
  readonly population: 'scope' | 'organization'
  /** The seats that it frees: of its product, of every product of the account, or none that Rollcall can count. */
  readonly frees: 'product' | 'every-product' | 'nothing'
  /** What the API key needs, in words for the admin. */
  readonly permission: string
  /** True when Rollcall has to ask Atlassian first whether it may change the account's lifecycle. */
  readonly asksLifecycle: boolean
  readonly describe: (target: Target) => string
  readonly undo: (target: Target) => string
  /** True when an identity provider that owns the account would take the change back. */
  readonly ownedBySource: boolean
  /**
   * Finds why the action does not apply to an account; undefined when it does. `groups` are the groups of the target.
   * `several` says that the organization has several directories: then a status from a list may be that of another one.
   */
  readonly precondition: (
    account: Account,
    target: Target,
    groups: readonly GroupGrant[],
    several?: boolean,
  ) => FailedPrecondition | undefined
  /** The requests to send for a freshly read account. */
  readonly changes: (account: Account, target: Target, groups: readonly GroupGrant[]) => readonly Change[]
}

export const alreadySo = (because: Exclusion): FailedPrecondition => ({ kind: 'already-so', because })
export const excluded = (because: Exclusion): FailedPrecondition => ({ kind: 'excluded', because })

/** The target's site and product, as an exclusion names them. */
export const placeIn = ({ site = '', product = '' }: Target) => ({ site, product })

/** The target's product and site, for people. */
export const placeOf = ({ site = '', product }: Target): string =>
  product === undefined ? 'the organization' : placePhrase(site, product)

/**
 * Excludes an account that an identity provider owns. Where Atlassian cannot say who owns it, Rollcall asks for the
 * lifecycle of a managed account right before the change, and excludes every other account.
 */
export function ownedElsewhere(account: Account): FailedPrecondition | undefined {
  if (account.synced) return excluded({ code: 'owned-by-identity-provider' })
  return account.sourceUnknown === true && !account.managed ? excluded({ code: 'source-unknown' }) : undefined
}

/** Excludes an account that is no active member, by its status. */
export const excludedByStatus = (status: Exclude<AccountStanding, 'active'>): FailedPrecondition =>
  excluded(status === 'unknown' ? { code: 'status-unknown' } : { code: 'membership-status', status })
