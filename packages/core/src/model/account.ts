// An account: one user of the organization, as a snapshot holds it.

import type { AccountId, DirectoryId, GroupId, WorkspaceAri } from './ids.js'
import { placePhrase } from './product-name.js'
import { day, type Instant } from './time.js'

export type AccountStatus = 'active' | 'inactive' | 'closed'
export type MembershipStatus = 'active' | 'suspended' | 'no_membership'

/**
 * When a person last used something. `unknown` is never taken for inactive.
 * `dateOnly` marks an upstream value without a time of day: it gets a day more of margin.
 */
export type LastActive =
  | { readonly kind: 'at'; readonly at: Instant; readonly dateOnly?: boolean }
  | { readonly kind: 'never'; readonly since: Instant }
  | { readonly kind: 'unknown'; readonly why: string }

/** Effective access to one product on one site, whichever group or role grants it. */
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
  /** Owned by the identity provider, which would undo our changes. */
  readonly synced: boolean
  readonly accountStatus: AccountStatus | 'unknown'
  readonly membershipStatus: MembershipStatus | 'unknown'
  readonly addedAt: Instant | undefined
  /** True when Atlassian says neither managed nor unmanaged. */
  readonly claimUnknown?: boolean
  /** Roles on the organization, and admin roles on anything, as far as they are known. */
  readonly platformRoles: readonly string[]
  readonly products: readonly ProductAccess[]
  readonly groups: readonly GroupRef[]
  /** The newest activity in anything that is not among `products`: a sandbox, or a product bought since. */
  readonly elsewhere?: LastActive
  /** Resources with a role that no group gives; filled in when one account is re-read. */
  readonly ownRoles?: readonly WorkspaceAri[]
  /** Directories that hold a membership; filled in when one account is re-read. */
  readonly directories?: readonly { readonly id: DirectoryId; readonly status: MembershipStatus | 'unknown' }[]
}

export const allActivity = ({ products, elsewhere }: Account): readonly LastActive[] => [
  ...products.map(({ lastActive }) => lastActive),
  ...(elsewhere === undefined ? [] : [elsewhere]),
]

/** The latest instant that an activity may mean: a date without a time may mean the end of its day. */
export const latestPossible = (last: LastActive): Instant =>
  last.kind === 'at' ? last.at + (last.dateOnly === true ? day : 0) : 0

/** The newest known activity, even where others are unknown; undefined when none is known. */
export function newestActivity(account: Account): Instant | undefined {
  const known = allActivity(account).flatMap((last) => (last.kind === 'at' ? [last.at] : []))
  return known.length === 0 ? undefined : Math.max(...known)
}

/** The most recent activity anywhere: newest wins; one unknown product makes the whole unknown. */
export function lastActiveAnywhere(account: Account): LastActive {
  let newest: LastActive | undefined
  for (const lastActive of allActivity(account)) {
    if (lastActive.kind === 'unknown') return lastActive
    if (lastActive.kind === 'at' && (newest === undefined || latestPossible(lastActive) > latestPossible(newest)))
      newest = lastActive
  }
  if (newest !== undefined) return newest
  return account.addedAt === undefined
    ? { kind: 'unknown', why: 'Atlassian does not say when the account joined' }
    : { kind: 'never', since: account.addedAt }
}

/** Activity in the products of a scope: one product, or everything when no product is named. */
export function lastActiveIn(account: Account, scope: { site: string; product: string } | undefined): LastActive {
  if (scope === undefined) return lastActiveAnywhere(account)
  const access = account.products.find((p) => p.site === scope.site && p.product === scope.product)
  return access?.lastActive ?? { kind: 'unknown', why: `no access to ${placePhrase(scope.site, scope.product)}` }
}

/** The one product that a filter is about: only a site and a product together name it. */
export const productIn = ({
  site,
  product,
}: {
  readonly site?: string | undefined
  readonly product?: string | undefined
}) => (site === undefined || product === undefined ? undefined : { site, product })

/** Since when an account is inactive; for the never-active, since it joined. Undefined when unknown, which never counts as inactive. */
export function quietFrom(last: LastActive): Instant | undefined {
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
