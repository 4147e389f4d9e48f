// Groups of the directories: search, list, count, figures, details, create, delete.

import { queryRecord, refuse, visibleAccount, texts, type Call } from '../../http/call.js'
import { readList, readSort, readText, readWords } from '../../http/parameters.js'
import { applicationError, noContent, ok, type ApiResponse } from '../../http/responses.js'
import type { Group } from '../../organization/organization.js'
import { readPageRequest, badRequest, pageOf } from '../../http/paging.js'
import { directoryOf } from '../directory.js'

type Given = Readonly<Record<string, unknown>>

function row(group: Group, { organization }: Call, expand: ReadonlySet<string>) {
  const { id, name, description, directoryId, synced, grants } = group
  const counts = {
    ...(expand.has('counts.users') ? { users: organization.tally.members(id) } : {}),
    ...(expand.has('counts.resources') ? { resources: new Set(grants.map(({ ari }) => ari)).size } : {}),
  }
  return {
    id,
    name,
    description,
    directoryId,
    managementAccess: { readable: true, modifiable: !synced, deletable: !synced && grants.length === 0 },
    externalSynced: synced,
    managedBy: synced ? 'external' : 'admins',
    ...(Object.keys(counts).length === 0 ? {} : { counts }),
    links: { self: id },
  }
}

/** Groups that the admin API shows in the directory of the path. */
function shownGroups(call: Call): Group[] {
  const directory = directoryOf(call)
  const now = call.clock.now()
  return [...call.organization.groups.values()].filter(
    ({ visibleAt, directoryId }) => visibleAt <= now && (directory === '-' || directoryId === directory),
  )
}

function groupFilter(call: Call, parameters: Given): (group: Group) => boolean {
  const names = readList(parameters, 'groupNames', 100)?.map((name) => name.toLowerCase())
  const ids = readList(parameters, 'groupIds', 10)
  const term = texts(parameters, 'searchTerm')?.[0]?.toLowerCase()
  if (names !== undefined && (ids !== undefined || term !== undefined))
    return refuse(badRequest('groupNames excludes groupIds and searchTerm'))
  const [resources, owners] = [readList(parameters, 'resourceIds', 20), readList(parameters, 'resourceOwners', 10)]
  const [roles, directories] = [readList(parameters, 'roleIds', 10), readList(parameters, 'directoryIds', 10)]
  const mine = readList(parameters, 'accountIds', 10)?.map((id) => visibleAccount(call, id)?.groups)
  return ({ id, name, directoryId, grants }) =>
    (names === undefined || names.includes(name.toLowerCase())) &&
    (ids === undefined || ids.includes(id)) &&
    (directories === undefined || directories.includes(directoryId)) &&
    (term === undefined || name.toLowerCase().includes(term)) &&
    (resources === undefined || grants.some(({ ari }) => resources.includes(ari))) &&
    (owners === undefined || grants.some(({ ari }) => owners.includes(ari.split(':')[2] ?? ''))) &&
    (roles === undefined || grants.some(({ role }) => roles.includes(role))) &&
    (mine === undefined || mine.some((groups) => groups?.has(id) === true))
}

/** POST …/groups/search, and the deprecated GET …/groups. */
export function searchGroups(call: Call): ApiResponse {
  const groups = shownGroups(call)
  const page = readPageRequest(call, `groups ${call.params['directoryId'] ?? ''}`, { standard: 20, most: 100 })
  const { parameters } = page
  const expand = new Set(readWords(parameters, 'expand', ['counts.resources', 'counts.users']))
  if (parameters['includeUsers'] === 'true') expand.add('counts.users')
  if (parameters['includeResources'] === 'true') expand.add('counts.resources')
  const sort = call.method === 'GET' ? undefined : readSort(parameters, 'name')
  if (sort !== undefined) groups.sort((a, b) => (a.name < b.name ? -1 : 1) * (sort === 'asc' ? 1 : -1))
  const fits = groupFilter(call, parameters)
  const { data, links } = pageOf(call, page, groups, (group) => (fits(group) ? group : undefined))
  return ok({ data: data.map((group) => row(group, call, expand)), links })
}

/** GET …/groups/count. */
export function countGroups(call: Call): ApiResponse {
  const fits = groupFilter(call, queryRecord(call.query))
  return ok({ count: shownGroups(call).filter(fits).length })
}

/** GET …/groups/stats. */
export function groupStats(call: Call): ApiResponse {
  const groups = shownGroups(call)
  const synced = groups.filter((group) => group.synced).length
  const totals = { all: groups.length, synced, managed: groups.length - synced }
  return ok({ totals, types: [{ type: 'GROUP', count: groups.length }] })
}

/** Reads the group of the path. A write needs the directory's own id. */
export function groupOf(call: Call, { write = false } = {}): Group {
  const { directoryId = '', groupId = '' } = call.params
  const group = call.organization.groups.get(groupId)
  const here = group?.directoryId === directoryId || (directoryId === '-' && !write)
  return group !== undefined && here ? group : refuse(applicationError(404, 'ADMIN-UAM-404-3', 'Group not found'))
}

/** GET …/groups/{groupId}. */
export function groupDetails(call: Call): ApiResponse {
  const group = groupOf(call)
  return ok({ data: row(group, call, new Set(['counts.users', 'counts.resources'])) })
}

/** POST …/groups: returns 201 without an id. With a lag, the group shows later. */
export function createGroup(call: Call): ApiResponse {
  const { organization, body, newIds, clock, behaviour, params } = call
  const { directoryId = '' } = params
  if (!organization.directories.some(({ id }) => id === directoryId))
    return applicationError(404, 'ADMIN-404-1', 'Unknown resource', 'No such directory')
  const name = readText(body, 'name')
  if ([...organization.groups.values()].some((one) => one.name.toLowerCase() === name.toLowerCase()))
    return applicationError(409, 'ADMIN-UAM-409-2', 'Resource conflict', 'A group of that name exists')
  const description = typeof body['description'] === 'string' ? body['description'] : null
  const id = newIds.uuid()
  const visibleAt = clock.now() + behaviour.lagMs
  organization.groups.set(id, { id, name, description, directoryId, synced: false, grants: [], visibleAt })
  call.journal.add('group_created', id)
  return { status: 201 }
}

/** DELETE …/groups/{groupId}. */
export function deleteGroup(call: Call): ApiResponse {
  const { organization, changes, journal } = call
  const group = groupOf(call, { write: true })
  const admin = ['org-admins', 'site-admins'].includes(group.name)
  if (group.synced) return applicationError(403, 'ADMIN-403-5', 'Not allowed to manage the group')
  if (admin) return applicationError(403, 'ADMIN-403-7', 'Cannot delete a group that grants admin access')
  if (group.grants.some(({ isDefault }) => isDefault))
    return applicationError(403, 'ADMIN-403-6', 'Cannot delete a default group')
  for (const account of organization.accounts)
    if (account.groups.has(group.id))
      changes.change(account, `remove-from-group ${group.name}`, () => void account.groups.delete(group.id))
  organization.groups.delete(group.id)
  journal.add('group_deleted', group.id)
  return noContent
}
