// Reads a row of users/search into an account: products come from its groups, dates from productAccess.
// @see https://developer.atlassian.com/cloud/admin/organization/rest/

import {
  brandId,
  hasPaidSeats,
  parseInstant,
  sameName,
  type Account,
  type AccountStatus,
  type GroupGrant,
  type GroupId,
  type GroupRef,
  type MembershipStatus,
  type ProductAccess,
  type Workspace,
} from '@rollcall/core'
import { lastActiveElsewhere, lastActiveOn, sameAri } from './last-active.js'
import type { UserRow } from './user-rows.js'

/** What users/search adds to each row on request. */
export const expand = ['productAccess', 'platformRoles', 'groups']

const known = <T extends string>(text: string, values: readonly T[]): T | 'unknown' =>
  values.find((value) => value === text) ?? 'unknown'
export const membershipOf = (text: string): MembershipStatus | 'unknown' =>
  known(text, ['active', 'suspended', 'no_membership'] as const)
const statusOf = (text: string): AccountStatus | 'unknown' => known(text, ['active', 'inactive', 'closed'] as const)

/** A strange or missing source counts as an identity provider, so that Rollcall excludes the account. Null is unknown. */
const isSynced = (source: string | null | undefined): boolean => source !== null && source !== 'invited'

/** The groups of an account. */
export const groupsOf = ({ groups }: UserRow): readonly GroupRef[] =>
  groups.map(({ id, name }) => ({ id: brandId<GroupId>(id.split('/').at(-1) ?? id), name }))

/** True if an account is in a group of which Rollcall does not know what it grants; one without an id has its name only. */
const isInUnreadable = (mine: readonly GroupRef[], grants: readonly GroupGrant[]): boolean =>
  grants.some(
    (one) =>
      one.unreadable === true &&
      mine.some(({ id, name }) => id === one.id || (one.id === '' && name !== '' && sameName(name, one.name))),
  )

/**
 * Reads an account. A suspended account keeps the products that its groups grant. `ownRoles` are the workspaces of its
 * own roles, where the caller knows them: a product that it has used, without a group or a role, is in `usedOnly`.
 */
export function readAccountRow(
  row: UserRow,
  workspaces: readonly Workspace[],
  grants: readonly GroupGrant[],
  ownRoles: readonly string[] = [],
): Account {
  const groups = groupsOf(row)
  const mine = new Set(groups.map(({ id }) => id))
  const own = grants.filter(({ id }) => mine.has(id))
  const granted = new Set<string>(own.flatMap((group) => group.grants))
  const unreadable = [...(row.unreadable ?? []), ...(isInUnreadable(groups, grants) ? ['group roles'] : [])]
  const used = new Set(row.productAccess?.map(({ id }) => sameAri(id)))
  const assigned = new Set(ownRoles.map(sameAri))
  const accessTo = ({ ari, site, product }: Workspace): ProductAccess => ({
    workspace: ari,
    site,
    product,
    lastActive: lastActiveOn(ari, row),
  })
  const shown = workspaces.filter((one) => hasPaidSeats(one) && (granted.has(one.ari) || used.has(sameAri(one.ari))))
  const hasAccess = ({ ari }: Workspace): boolean => granted.has(ari) || assigned.has(sameAri(ari))
  const products = shown.filter(hasAccess).map(accessTo)
  const usedOnly = shown.filter((one) => !hasAccess(one)).map(accessTo)
  const adminRoles = own.flatMap((group) => group.adminRoles ?? [])
  const elsewhere = lastActiveElsewhere(
    shown.map(({ ari }) => ari),
    row,
  )
  return {
    accountId: brandId(row.accountId),
    name: row.name?.trim() ?? '',
    email: row.email?.trim() ?? '',
    accountType: row.accountType,
    managed: row.claimStatus === 'managed',
    synced: isSynced(row.managementSource),
    ...(row.managementSource === null ? { sourceUnknown: true } : {}),
    accountStatus: statusOf(row.accountStatus),
    membershipStatus: membershipOf(row.membershipStatus),
    addedAt: parseInstant(row.addedToOrg ?? ''),
    ...(['managed', 'unmanaged'].includes(row.claimStatus) ? {} : { claimUnknown: true }),
    platformRoles: [...new Set([...row.platformRoles, ...adminRoles])],
    products,
    groups,
    ...(unreadable.length === 0 ? {} : { unreadable }),
    ...(usedOnly.length === 0 ? {} : { usedOnly }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
  }
}
