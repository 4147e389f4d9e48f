// An account: one user of the organization, as a snapshot holds it.

import type { AccountId, DirectoryId, GroupId, WorkspaceAri } from './ids.js'
import { placePhrase } from './product-name.js'
import { isPlaceholder } from './plausible-instant.js'
import { day, type Instant } from './time.js'

export type AccountStatus = 'active' | 'inactive' | 'closed'
export type MembershipStatus = 'active' | 'suspended' | 'no_membership'

/**
 * When an account was last active. `unknown` never counts as inactive.
 * `dateOnly`: Atlassian gave a date without a time of day, so Rollcall adds one day of margin.
 */
export type LastActive =
  | { readonly kind: 'at'; readonly at: Instant; readonly dateOnly?: boolean }
  | { readonly kind: 'never'; readonly since: Instant }
  | { readonly kind: 'unknown'; readonly why: string }

/** Access to one product on one site that a group or a role grants. */
export interface ProductAccess {
  readonly workspace: WorkspaceAri
  readonly site: string
  readonly product: string
  readonly lastActive: LastActive
}

export interface GroupRef {
  readonly id: GroupId
  readonly name: string
}

export interface Account {
  readonly accountId: AccountId
  readonly name: string
  readonly email: string
  readonly accountType: string
  readonly managed: boolean
  /** The identity provider owns the account, and would undo Rollcall's changes. */
  readonly synced: boolean
  /** True when Atlassian cannot say who owns the account; `synced` is false then, but says nothing. */
  readonly sourceUnknown?: boolean
  readonly accountStatus: AccountStatus | 'unknown'
  readonly membershipStatus: MembershipStatus | 'unknown'
  readonly addedAt: Instant | undefined
  /** True when Atlassian does not say whether the account is managed. */
  readonly claimUnknown?: boolean
  /** The fields that Atlassian sent for this account but Rollcall cannot read: it changes nothing then. */
  readonly unreadable?: readonly string[]
  /** Its name or its address is missing in this read, and with those of an earlier read it was a likely service account. */
  readonly machineBefore?: true
  /** Roles in the organization, and admin roles on any resource, as far as Atlassian shows them. */
  readonly platformRoles: readonly string[]
  readonly products: readonly ProductAccess[]
  readonly groups: readonly GroupRef[]
  /**
   * Products that the account has used although no known group grants them: access that has ended, or that comes from a
   * role of its own, which only a read of the single account shows.
   */
  readonly usedOnly?: readonly ProductAccess[]
  /** The newest activity outside both lists: in a sandbox, or in a product bought after the sync. */
  readonly elsewhere?: LastActive
  /** The last activity in all of Atlassian. Sync adds it from the list of managed accounts; absent where that lacks it. */
  readonly lastActiveInAtlassian?: LastActive
  /** Resources on which the account has a role that no group grants. Only a read of the single account fills it in. */
  readonly ownRoles?: readonly WorkspaceAri[]
  /** The account's memberships, by directory. Only a read of the single account fills them in. */
  readonly directories?: readonly { readonly id: DirectoryId; readonly status: MembershipStatus | 'unknown' }[]
}

/** When a managed account was last active in all of Atlassian, inside the organization or outside. */
export interface ActivityInAtlassian {
  readonly accountId: AccountId
  readonly lastActive: LastActive
}

/** Every product whose activity an account shows, with or without access. */
export const usedProducts = ({ products, usedOnly = [] }: Account): readonly ProductAccess[] => [
  ...products,
  ...usedOnly,
]

export const allActivity = (account: Account): readonly LastActive[] => [
  ...usedProducts(account).map(({ lastActive }) => lastActive),
  ...(account.elsewhere === undefined ? [] : [account.elsewhere]),
]

/** The latest instant of an activity: a date without a time may mean the end of that day. 0 unless its kind is `at`. */
export const latestPossible = (last: LastActive): Instant =>
  last.kind === 'at' ? last.at + (last.dateOnly === true ? day : 0) : 0

/** Why an activity is unknown although Atlassian sent a date for it. */
export const placeholderDate = 'Atlassian sent a date before it was founded'

/** The activity as far as its date is real: a placeholder date says nothing about when the account was active. */
export function believed(last: LastActive): LastActive {
  if (last.kind === 'unknown') return last
  return isPlaceholder(last.kind === 'at' ? last.at : last.since) ? { kind: 'unknown', why: placeholderDate } : last
}

/** Counts the last activity in all of Atlassian as activity of the account, where it is later than what is known. */
export function withActivityInAtlassian(account: Account): Account {
  const { elsewhere, lastActiveInAtlassian: last } = account
  if (last?.kind !== 'at' || (elsewhere !== undefined && believed(elsewhere).kind === 'unknown')) return account
  const isLater = elsewhere === undefined || latestPossible(elsewhere) < latestPossible(last)
  return isLater ? { ...account, elsewhere: last } : account
}

/** The newest known activity, even where others are unknown; undefined when none is known. */
export function newestActivity(account: Account): Instant | undefined {
  const known = allActivity(account).flatMap((last) => (last.kind === 'at' && !isPlaceholder(last.at) ? [last.at] : []))
  return known.length === 0 ? undefined : Math.max(...known)
}

/** The newest activity in all products. One product with unknown activity makes the result unknown. */
export function lastActiveAnywhere(account: Account): LastActive {
  let newest: LastActive | undefined
  for (const lastActive of allActivity(account).map(believed)) {
    if (lastActive.kind === 'unknown') return lastActive
    if (lastActive.kind === 'at' && (newest === undefined || latestPossible(lastActive) > latestPossible(newest)))
      newest = lastActive
  }
  if (newest !== undefined) return newest
  return account.addedAt === undefined
    ? { kind: 'unknown', why: 'Atlassian does not say when the account joined' }
    : believed({ kind: 'never', since: account.addedAt })
}

/** The newest activity in one product; without a scope, in all products. */
export function lastActiveIn(account: Account, scope: { site: string; product: string } | undefined): LastActive {
  if (scope === undefined) return lastActiveAnywhere(account)
  const access = account.products.find((p) => p.site === scope.site && p.product === scope.product)
  return access === undefined
    ? { kind: 'unknown', why: `no access to ${placePhrase(scope.site, scope.product)}` }
    : believed(access.lastActive)
}

/** The product that a filter names; undefined unless it gives both site and product. */
export const productIn = ({
  site,
  product,
}: {
  readonly site?: string | undefined
  readonly product?: string | undefined
}) => (site === undefined || product === undefined ? undefined : { site, product })

/** Since when an account is inactive: its last activity, or the day it joined. Undefined when unknown. */
export function inactiveFrom(shown: LastActive): Instant | undefined {
  const last = believed(shown)
  if (last.kind === 'unknown') return undefined
  return last.kind === 'at' ? latestPossible(last) : last.since
}

/** The account's status, from Atlassian's two axes: account status and membership. */
export function statusOf(account: Account): 'active' | 'suspended' | 'deactivated' | 'not-member' | 'unknown' {
  if (account.accountStatus === 'unknown' || account.membershipStatus === 'unknown') return 'unknown'
  if (account.accountStatus !== 'active') return 'deactivated'
  if (account.membershipStatus === 'suspended') return 'suspended'
  return account.membershipStatus === 'active' ? 'active' : 'not-member'
}
