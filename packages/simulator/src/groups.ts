// Groups of the directories: search, role assignments, memberships.

import { overCapacity, statusOf } from './access.js'
import { texts, type Call } from './call.js'
import { readCursor, scan, writeCursor } from './cursors.js'
import { applicationError, noContent, ok, type Answer } from './errors.js'
import type { Group } from './organization.js'

const row = (group: Group) => ({
  id: group.id,
  name: group.name,
  description: null,
  directoryId: group.directoryId,
  managementAccess: {
    readable: true,
    modifiable: !group.synced,
    deletable: !group.synced && group.grants.length === 0,
  },
  externalSynced: group.synced,
  managedBy: group.synced ? 'external' : 'admins',
  links: { self: group.id },
})

/** POST …/groups/search. */
export function searchGroups(call: Call): Answer {
  const { organization, body } = call
  const token = texts(call, 'cursor')?.[0]
  const cursor = token === undefined ? { offset: 0, body } : readCursor(token)
  if (cursor === undefined) return applicationError(400, 'ADMIN-400-1', 'Invalid page cursor')
  const asked = { ...call, body: cursor.body }
  const names = texts(asked, 'groupNames')?.map((name) => name.toLowerCase())
  const [ids, resources, accounts] = [texts(asked, 'groupIds'), texts(asked, 'resourceIds'), texts(asked, 'accountIds')]
  const term = texts(asked, 'searchTerm')?.[0]?.toLowerCase()
  if (names !== undefined && (ids !== undefined || term !== undefined))
    return applicationError(400, 'ADMIN-400-24', 'Invalid request body')
  const fits = (group: Group) =>
    (names === undefined || names.includes(group.name.toLowerCase())) &&
    (ids === undefined || ids.includes(group.id)) &&
    (term === undefined || group.name.toLowerCase().includes(term)) &&
    (resources === undefined || group.grants.some(({ ari }) => resources.includes(ari))) &&
    (accounts === undefined || accounts.some((id) => organization.byId.get(id)?.groups.has(group.id) ?? false))
  const { page, next } = scan(
    [...organization.groups.values()],
    cursor.offset,
    Number(cursor.body['limit'] ?? 20),
    fits,
  )
  return ok({
    data: page.map(row),
    links: next === undefined ? {} : { next: writeCursor({ offset: next, body: cursor.body }) },
  })
}

/** GET …/groups/{groupId}/role-assignments. */
export const groupRoles = (group: Group): Answer =>
  ok({
    data: group.grants.map(({ ari, role, isDefault }) => ({
      ...{ resourceId: ari, resourceOwner: ari.split(':')[2], roles: [role], defaultRole: isDefault ? role : null },
    })),
    links: {},
  })

/** GET …/groups/{groupId}. */
export const groupDetails = (group: Group): Answer => ok({ data: row(group) })

const syncedGroup = applicationError(
  403,
  'ADMIN-403-5',
  'Not allowed to manage the group',
  'The group is synced from an identity provider',
)

/** POST …/groups/{groupId}/memberships. */
export function addMember(call: Call, group: Group): Answer {
  const { organization, body, changed } = call
  const account = organization.byId.get(String(body['accountId']))
  if (group.synced) return syncedGroup
  if (account === undefined || !account.memberships.has(group.directoryId))
    return applicationError(404, 'ADMIN-UAM-404-1', 'Unknown Resource', 'One or more user not found in the directory')
  if (account.groups.has(group.id))
    return applicationError(409, 'ADMIN-UAM-409-2', 'Resource conflict', 'Already a member')
  const aris = group.grants.map(({ ari }) => ari)
  if (statusOf(account) === 'active' && overCapacity(aris, organization))
    return applicationError(409, 'ADMIN-UAM-409-3', 'Licence limit exceeded')
  account.groups.add(group.id)
  changed(account.accountId, `add-to-group ${group.name}`)
  return noContent
}

/** DELETE …/groups/{groupId}/memberships/{accountId}. */
export function removeMember(call: Call, group: Group, accountId: string): Answer {
  const account = call.organization.byId.get(accountId)
  if (group.synced) return syncedGroup
  if (account === undefined || !account.groups.has(group.id))
    return applicationError(404, 'ADMIN-UAM-404-1', 'Unknown Resource', 'One or more user not found in the group')
  account.groups.delete(group.id)
  call.changed(accountId, `remove-from-group ${group.name}`)
  return noContent
}
