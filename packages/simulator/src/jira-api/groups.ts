// Groups of a Jira site and their members.

import { refuse, type Call } from '../http/call.js'
import { jiraError, ok, type ApiResponse } from '../http/responses.js'
import { jiraGroup, siteOf } from './site.js'
import { offsetPage } from './offset-page.js'
import { numberOf } from './offset-page.js'
import { userDetails } from './user-details.js'
import { isActive } from './user-details.js'
import { lacksSeat, letIn, letOut } from '../admin-api/groups/group-members.js'
import type { Account, Group } from '../organization/organization.js'

const groupsHere = (call: Call): Group[] => {
  const { directoryId } = siteOf(call)
  return [...call.organization.groups.values()].filter((group) => group.directoryId === directoryId)
}

/** Reads the group that the query names, by id or by name. */
function queriedGroup(call: Call): Group {
  const [id, name] = [call.query.get('groupId'), call.query.get('groupname')]
  if (id === null && name === null) return refuse(jiraError(400, 'One of groupId and groupname is needed.'))
  const found = groupsHere(call).find((group) => (id === null ? group.name === name : group.id === id))
  return found ?? refuse(jiraError(404, 'The group does not exist.'))
}
const writable = (group: Group): Group =>
  group.synced ? refuse(jiraError(403, 'The group is synced from an identity provider.')) : group

function membersOf({ organization }: Call, group: Group, keep: (account: Account) => boolean): Account[] {
  return organization.accounts.filter((account) => account.groups.has(group.id) && keep(account))
}

/** GET …/group. */
export const readJiraGroup = (call: Call): ApiResponse => ok(jiraGroup(queriedGroup(call), siteOf(call)))

/** GET …/group/member. */
export function listMembers(call: Call): ApiResponse {
  const [site, group] = [siteOf(call), queriedGroup(call)]
  const all = call.query.get('includeInactiveUsers') === 'true'
  const members = membersOf(call, group, (account) => all || isActive(account, site))
  const page = offsetPage(call, `${site.rest}/group/member`, members, 50, 50)
  return ok({ ...page, values: page.values.map((account) => userDetails(account, site)) })
}

/** GET …/group/bulk. */
export function listJiraGroups(call: Call): ApiResponse {
  const site = siteOf(call)
  const { query } = call
  const [ids, names] = [query.getAll('groupId'), query.getAll('groupName')]
  const product = query.get('applicationKey')
  const found = groupsHere(call).filter(
    ({ id, name, grants }) =>
      (ids.length === 0 || ids.includes(id)) &&
      (names.length === 0 || names.includes(name)) &&
      (product === null || grants.some(({ ari }) => ari.split(':')[2] === product)),
  )
  const page = offsetPage(call, `${site.rest}/group/bulk`, found, 50, 50)
  return ok({ ...page, values: page.values.map(({ id, name }) => ({ groupId: id, name })) })
}

/** GET …/groups/picker. */
export function pickGroups(call: Call): ApiResponse {
  const { query } = call
  const term = (query.get('query') ?? '').toLowerCase()
  const [names, ids] = [query.getAll('exclude'), query.getAll('excludeId')]
  const found = groupsHere(call).filter(
    ({ id, name }) => name.toLowerCase().includes(term) && !names.includes(name) && !ids.includes(id),
  )
  const shown = found.slice(0, numberOf(call, 'maxResults', 20, 1000))
  const groups = shown.map(({ id, name }) => ({ name, groupId: id, html: name, labels: [] }))
  return ok({ header: `Showing ${shown.length} of ${found.length} matching groups`, total: found.length, groups })
}

/** POST …/group. */
export function createJiraGroup(call: Call): ApiResponse {
  const { organization, body, newIds, journal } = call
  const site = siteOf(call)
  const { name } = body
  if (typeof name !== 'string' || name === '') return jiraError(400, 'The name is missing.')
  if (groupsHere(call).some((group) => group.name === name)) return jiraError(400, 'A group of that name exists.')
  const { directoryId } = site
  const group = { id: newIds.uuid(), name, description: null, directoryId, synced: false, grants: [], visibleAt: 0 }
  organization.groups.set(group.id, group)
  journal.add('group_created', group.id)
  return { status: 201, body: jiraGroup(group, site) }
}

/** DELETE …/group: moves members to the swap group when the query names one. */
export function deleteJiraGroup(call: Call): ApiResponse {
  const { organization, query, journal } = call
  const group = writable(queriedGroup(call))
  if (group.grants.some(({ isDefault }) => isDefault)) return jiraError(400, 'A default group cannot be deleted.')
  const swap = organization.groups.get(query.get('swapGroupId') ?? '')
  for (const account of membersOf(call, group, () => true)) {
    letOut(call, account, group)
    if (swap !== undefined && !account.groups.has(swap.id)) letIn(call, account, swap)
  }
  organization.groups.delete(group.id)
  journal.add('group_deleted', group.id)
  return { status: 200 }
}

/** POST …/group/user. */
export function addJiraMember(call: Call): ApiResponse {
  const { organization, body } = call
  const [site, group] = [siteOf(call), writable(queriedGroup(call))]
  const account = organization.byId.get(String(body['accountId']))
  if (account === undefined) return jiraError(404, 'The user does not exist.')
  if (account.groups.has(group.id))
    return jiraError(400, `Cannot add user. User is already a member of '${group.name}'`)
  if (lacksSeat(call, account, group))
    return jiraError(400, `LicenceExceededException: Licence exceeded for: ${group.grants[0]?.ari ?? ''}`)
  letIn(call, account, group)
  return { status: 201, body: jiraGroup(group, site) }
}

/** DELETE …/group/user. */
export function removeJiraMember(call: Call): ApiResponse {
  const group = writable(queriedGroup(call))
  const account = call.organization.byId.get(call.query.get('accountId') ?? '')
  if (account === undefined || !account.groups.has(group.id)) return jiraError(404, 'The user is not in the group.')
  letOut(call, account, group)
  return { status: 200 }
}
