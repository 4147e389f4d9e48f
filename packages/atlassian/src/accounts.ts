// A row of users/search becomes an account: effective products come from its groups, dates from productAccess.

import {
  brandId,
  parseInstant,
  type Account,
  type AccountStatus,
  type GroupGrant,
  type GroupId,
  type LastActive,
  type MembershipStatus,
  type ProductAccess,
  type Workspace,
} from '@rollcall/core'
import type { UserRow } from './schemas.js'

const known = <T extends string>(text: string, values: readonly T[]): T | 'unknown' =>
  values.find((value) => value === text) ?? 'unknown'
export const membershipOf = (text: string): MembershipStatus | 'unknown' =>
  known(text, ['active', 'suspended', 'no_membership'] as const)
const statusOf = (text: string): AccountStatus | 'unknown' => known(text, ['active', 'inactive', 'closed'] as const)

/** Reads when a product was last used. Absent means never; null, unreadable or missing data means unknown. */
function lastActiveOn(ari: string, { productAccess, addedToOrg }: UserRow): LastActive {
  if (productAccess === null || productAccess === undefined)
    return { kind: 'unknown', why: 'Atlassian sent no product access' }
  const entries = productAccess.filter(({ id }) => id === ari)
  const added = parseInstant(addedToOrg ?? '')
  if (entries.length === 0)
    return added === undefined
      ? { kind: 'unknown', why: 'Atlassian does not say when the account joined' }
      : { kind: 'never', since: added }
  const instants = entries.map(({ lastActiveTimestamp }) => parseInstant(lastActiveTimestamp ?? ''))
  if (instants.some((at) => at === undefined || at <= 0))
    return { kind: 'unknown', why: 'Atlassian sent an unreadable date' }
  const dateOnly = entries.some(({ lastActiveTimestamp }) => lastActiveTimestamp?.length === 10)
  return { kind: 'at', at: Math.max(...instants.map((at) => at ?? 0)), ...(dateOnly ? { dateOnly } : {}) }
}

/** Makes the account; people keep the products that their groups grant while they are suspended. */
export function readAccountRow(row: UserRow, workspaces: readonly Workspace[], grants: readonly GroupGrant[]): Account {
  const groups = row.groups.map(({ id, name }) => ({ id: brandId<GroupId>(id.split('/').at(-1) ?? id), name }))
  const mine = new Set(groups.map(({ id }) => id))
  const granted = new Set<string>(grants.filter(({ id }) => mine.has(id)).flatMap((group) => group.grants))
  const used = new Set(row.productAccess?.map(({ id }) => id))
  const products = workspaces
    .filter(({ ari, sandbox }) => !sandbox && (granted.has(ari) || used.has(ari)))
    .map(({ ari, site, product }): ProductAccess => ({
      workspace: ari,
      site,
      product,
      lastActive: lastActiveOn(ari, row),
    }))
  return {
    accountId: brandId(row.accountId),
    name: row.name ?? '',
    email: row.email ?? '',
    accountType: row.accountType,
    managed: row.claimStatus === 'managed',
    synced: row.managementSource === 'synced',
    accountStatus: statusOf(row.accountStatus),
    membershipStatus: membershipOf(row.membershipStatus),
    addedAt: parseInstant(row.addedToOrg ?? ''),
    platformRoles: row.platformRoles,
    ...{ products, groups },
  }
}
