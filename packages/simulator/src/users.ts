// Users of the directories: search, count, role assignments, and the managed accounts of v1.

import { grantedTo, hasAccess, membershipOf, statusOf } from './access.js'
import { texts, type Call } from './call.js'
import { readCursor, scan, writeCursor } from './cursors.js'
import { applicationError, ok, type Answer } from './errors.js'
import type { Account, Organization } from './organization.js'

const iso = (at: number) => new Date(at).toISOString()

function filterOf(call: Call, organization: Organization): (account: Account) => boolean {
  const wanted = (name: string) => {
    const list = texts(call, name)
    return list === undefined ? undefined : new Set(list)
  }
  const [ids, groups, resources, domains] = [
    wanted('accountIds'),
    wanted('groupIds'),
    wanted('resourceIds'),
    wanted('emailDomains'),
  ]
  const [status, standing, membership, claim] = [
    wanted('status'),
    wanted('accountStatus'),
    wanted('membershipStatus'),
    wanted('claimStatus'),
  ]
  const [directories, roles, emails] = [wanted('directoryIds'), wanted('roleIds'), wanted('emails')]
  const term = (texts(call, 'searchTerm')?.[0] ?? '').toLowerCase()
  return (account) =>
    (ids?.has(account.accountId) ?? true) &&
    (claim?.has(account.managed ? 'managed' : 'unmanaged') ?? true) &&
    (status?.has(statusOf(account)) ?? true) &&
    (standing?.has(account.accountStatus) ?? true) &&
    (membership?.has(membershipOf(account)) ?? true) &&
    (domains?.has(account.email.split('@')[1] ?? '') ?? true) &&
    (emails?.has(account.email) ?? true) &&
    (directories === undefined || [...account.memberships.keys()].some((id) => directories.has(id))) &&
    (groups === undefined || [...account.groups].some((id) => groups.has(id))) &&
    (resources === undefined || [...grantedTo(account, organization)].some((ari) => resources.has(ari))) &&
    (roles === undefined || roles.has('atlassian/user') || [...account.orgRoles].some((role) => roles.has(role))) &&
    (term === '' || account.name.toLowerCase().includes(term) || account.email.includes(term))
}

function row(account: Account, organization: Organization, expand: ReadonlySet<string>) {
  const granted = grantedTo(account, organization)
  return {
    accountId: account.accountId,
    accountType: 'atlassian',
    status: statusOf(account),
    accountStatus: account.accountStatus,
    membershipStatus: membershipOf(account),
    addedToOrg: iso(account.addedToOrg),
    name: account.name,
    nickname: account.nickname,
    email: account.email,
    emailVerified: true,
    claimStatus: account.managed ? 'managed' : 'unmanaged',
    managementSource: account.synced ? 'synced' : 'invited',
    mfaEnabled: account.managed,
    picture: 'https://avatar.example/a.png',
    avatar: 'https://avatar.example/a.png',
    jobTitle: account.jobTitle,
    ...(expand.has('platformRoles') ? { platformRoles: [...account.orgRoles] } : {}),
    ...(expand.has('counts.resources') ? { counts: { resources: granted.size } } : {}),
    ...(expand.has('productAccess')
      ? {
          productAccess: [...account.lastActive].map(([id, at]) => ({
            ...{ id, key: id.split(':')[2] ?? '' },
            lastActiveTimestamp: iso(at).replace('Z', '936941Z'),
          })),
        }
      : {}),
    ...(expand.has('groups')
      ? {
          groups: [...account.groups].map((id) => ({
            ...{
              id: `ari:cloud:identity::group/${id}`,
              name: organization.groups.get(id)?.name ?? '',
              description: null,
            },
          })),
        }
      : {}),
    links: { self: account.accountId },
  }
}

/** POST …/users/search, and the deprecated GET …/users. */
export function searchUsers(call: Call): Answer {
  const { organization, body } = call
  const token = texts(call, 'cursor')?.[0]
  const cursor = token === undefined ? { offset: 0, body } : readCursor(token)
  if (cursor === undefined) return applicationError(400, 'ADMIN-400-1', 'Invalid page cursor')
  const limit = Number(cursor.body['limit'] ?? 50)
  if (!(limit >= 1 && limit <= 100))
    return applicationError(400, 'ADMIN-400-24', 'Invalid request body', 'limit must be between 1 and 100')
  const asked = { ...call, body: cursor.body, ...(token === undefined ? {} : { query: new URLSearchParams() }) }
  if (texts(asked, 'emails') !== undefined && texts(asked, 'searchTerm') !== undefined)
    return applicationError(400, 'ADMIN-400-24', 'Invalid request body', 'searchTerm and emails exclude each other')
  const ids = texts(asked, 'accountIds')
  const items = ids === undefined ? organization.accounts : ids.flatMap((id) => organization.byId.get(id) ?? [])
  const { page, next } = scan(items, cursor.offset, limit, filterOf(asked, organization))
  const expand = new Set(texts(asked, 'expand'))
  return ok({
    data: page.map((account) => row(account, organization, expand)),
    links: {
      self: writeCursor(cursor),
      ...(next === undefined ? {} : { next: writeCursor({ offset: next, body: cursor.body }) }),
    },
  })
}

/** GET …/users/count. */
export function countUsers(call: Call): Answer {
  const { organization } = call
  const fits = filterOf(call, organization)
  const resource = texts(call, 'resourceIds')?.[0]
  const active = texts(call, 'status')?.join() === 'active'
  const count = organization.accounts.filter(
    (account) => fits(account) && (resource === undefined || !active || hasAccess(account, resource, organization)),
  ).length
  return ok({ count })
}

/** GET …/users/{accountId}/role-assignments. */
export function roleAssignments(call: Call, account: Account): Answer {
  const { organization } = call
  const rows = [...grantedTo(account, organization)].flatMap((resourceId) => {
    const directoryId = organization.workspaces.find(({ ari }) => ari === resourceId)?.directoryId ?? ''
    const status = account.memberships.get(directoryId)?.status ?? 'no_membership'
    const roleAssignments = [{ role: 'atlassian/user', roleAssignmentMethods: ['group_direct'] }]
    return [
      {
        directoryId,
        resourceId,
        resourceOwner: resourceId.split(':')[2],
        roles: ['atlassian/user'],
        roleAssignments,
        userDirectoryStatus: status,
      },
    ]
  })
  const roles = [...account.orgRoles]
  const org = roles.map((role) => ({
    ...{
      directoryId: null,
      resourceId: `ari:cloud:platform::org/${organization.id}`,
      resourceOwner: 'platform',
      roles: [role],
    },
    ...{ roleAssignments: [{ role, roleAssignmentMethods: ['direct'] }], userDirectoryStatus: null },
  }))
  return ok({ data: [...rows, ...org], links: {} })
}
