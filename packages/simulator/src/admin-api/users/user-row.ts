// How the admin API of v2 shows a user. Field by field without spreads, because large organizations list 150,000 of these.

import type { Call } from '../../http/call.js'
import { grantedTo, membershipOf, statusOf } from '../../organization/access.js'
import type { Account, Organization } from '../../organization/organization.js'

export const iso = (at: number): string => new Date(at).toISOString()
/** Atlassian's dates of activity carry nine digits after the second. */
const fine = (at: number): string => iso(at).replace('Z', '936941Z')

export const expandable = ['platformRoles', 'counts.resources', 'productAccess', 'groups']

function productAccess({ lastActive }: Account) {
  const list: { id: string; key: string; lastActiveTimestamp: string }[] = []
  for (const [id, at] of lastActive) list.push({ id, key: id.split(':')[2] ?? '', lastActiveTimestamp: fine(at) })
  return list
}

function groupsOf({ groups }: Account, organization: Organization) {
  const list: { id: string; name: string; description: null }[] = []
  for (const id of groups) {
    const name = organization.groups.get(id)?.name ?? ''
    list.push({ id: `ari:cloud:identity::group/${id}`, name, description: null })
  }
  return list
}

/** The row of an account with the expanded parts. */
export function userRow(
  account: Account,
  { organization, behaviour }: Pick<Call, 'organization' | 'behaviour'>,
  expand: ReadonlySet<string>,
) {
  return {
    accountId: account.accountId,
    accountType: account.accountType,
    status: statusOf(account),
    accountStatus: account.accountStatus,
    membershipStatus: membershipOf(account),
    addedToOrg: iso(account.addedToOrg),
    name: account.name,
    nickname: account.nickname,
    email: account.email,
    emailVerified: true,
    claimStatus: account.managed ? 'managed' : 'unmanaged',
    managementSource: behaviour.sourceUnknown ? null : account.synced ? 'synced' : 'invited',
    mfaEnabled: account.managed,
    picture: 'https://avatar.example/a.png',
    avatar: 'https://avatar.example/a.png',
    jobTitle: account.jobTitle,
    department: account.department,
    organization: null,
    location: null,
    timeZone: null,
    platformRoles: expand.has('platformRoles') ? [...account.orgRoles] : undefined,
    counts: expand.has('counts.resources') ? { resources: grantedTo(account, organization).size } : undefined,
    productAccess: expand.has('productAccess') ? productAccess(account) : undefined,
    groups: expand.has('groups') ? groupsOf(account, organization) : undefined,
    links: { self: account.accountId },
  }
}
