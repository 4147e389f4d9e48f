// An action declares itself in one file: what it needs and removes, which accounts it excludes, which requests it makes, and
// what undoes it. Nothing outside that file asks for an action by its name.

import type { Target } from '../model/target.js'
import type { Change } from '../model/change.js'
import type { ActionId, ActionNeeds } from '../model/action-id.js'
import type { Account, statusOf } from '../model/account.js'
import type { Exclusion } from '../model/exclusion.js'
import type { GroupGrant } from '../model/organization.js'
import { placePhrase } from '../model/product-name.js'

/** Why an action is not for an account: the account is so already, or Rollcall must not or cannot change it. */
export interface FailedPrecondition {
  readonly kind: 'already-so' | 'excluded'
  readonly because: Exclusion
}

export interface Action<Id extends ActionId = ActionId> {
  /** What it does, as a sentence for the policy reference. */
  readonly meaning: string
  /** The lines of a policy file that ask for it. */
  readonly example: string
  /** What a request names beside the accounts: a product of a site, a group, or nothing. */
  readonly needs: ActionNeeds[Id]
  readonly inverse: ActionId
  /** True when it takes something away from a person: then activity since the plan excludes them. */
  readonly removesAccess: boolean
  readonly severity: 'product' | 'organization' | 'account'
  /** Whose accounts a scope of one product stands for: those with the product, or everybody, since they have yet to get it. */
  readonly population: 'scope' | 'organization'
  /** The seats that it frees: of its product, of every product of the account, or none that can be counted. */
  readonly frees: 'product' | 'every-product' | 'nothing'
  /** What the API key needs, in words for the admin. */
  readonly permission: string
  /** True when Atlassian has to be asked first whether the account's lifecycle may be changed. */
  readonly asksLifecycle: boolean
  readonly describe: (target: Target) => string
  readonly undo: (target: Target) => string
  /** Finds what speaks against the action; `groups` are the groups that the target is about. */
  readonly precondition: (
    account: Account,
    target: Target,
    groups: readonly GroupGrant[],
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

export const ownedByIdentityProvider = excluded({ code: 'owned-by-identity-provider' })

/** Excludes an account that is no active member, by its status. */
export const excludedByStatus = (status: Exclude<ReturnType<typeof statusOf>, 'active'>): FailedPrecondition =>
  excluded(status === 'unknown' ? { code: 'status-unknown' } : { code: 'membership-status', status })
