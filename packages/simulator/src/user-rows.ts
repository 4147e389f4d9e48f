// How the admin API of v2 shows a user.

import { grantedTo, membershipOf, statusOf } from './access.js'
import type { Account, Organization } from './organization.js'

export const iso = (at: number): string => new Date(at).toISOString()
/** Atlassian's dates of activity carry nine digits after the second. */
const fine = (at: number): string => iso(at).replace('Z', '936941Z')

export const expandable = ['platformRoles', 'counts.resources', 'productAccess', 'groups']

/** The row of an account, with the parts that were asked for. */
export function userRow(account: Account, organization: Organization, expand: ReadonlySet<string>) {
  const { accountId, accountType, accountStatus, name, nickname, email, managed, jobTitle, department } = account
  return {
    ...{ accountId, accountType, status: statusOf(account), accountStatus, membershipStatus: membershipOf(account) },
    ...{ addedToOrg: iso(account.addedToOrg), name, nickname, email, emailVerified: true },
    claimStatus: managed ? 'managed' : 'unmanaged',
    managementSource: account.synced ? 'synced' : 'invited',
    mfaEnabled: managed,
    picture: 'https://avatar.example/a.png',
    avatar: 'https://avatar.example/a.png',
    ...{ jobTitle, department, organization: null, location: null, timeZone: null },
    ...(expand.has('platformRoles') ? { platformRoles: [...account.orgRoles] } : {}),
    ...(expand.has('counts.resources') ? { counts: { resources: grantedTo(account, organization).size } } : {}),
    ...(expand.has('productAccess')
      ? {
          productAccess: [...account.lastActive].map(([id, at]) => ({
            ...{ id, key: id.split(':')[2] ?? '', lastActiveTimestamp: fine(at) },
          })),
        }
      : {}),
    ...(expand.has('groups')
      ? {
          groups: [...account.groups].map((id) => ({
            id: `ari:cloud:identity::group/${id}`,
            name: organization.groups.get(id)?.name ?? '',
            description: null,
          })),
        }
      : {}),
    links: { self: accountId },
  }
}
