// Which endpoint answers which path; what Atlassian took away answers 404.

import type { Call } from './call.js'
import { applicationError, jiraError, managementError, ok, routingError, type Answer } from './errors.js'
import { addMember, groupDetails, groupRoles, removeMember, searchGroups } from './groups.js'
import { privileges, restore, setEnabled, suspend } from './standing.js'
import { lastActiveDates, managedUsers } from './managed-users.js'
import { countUsers, roleAssignments, searchUsers } from './users.js'
import { seatsUsed } from './access.js'
import { listDirectories, listWorkspaces, organizationDetails } from './workspaces.js'

type Endpoint = (call: Call, parts: readonly string[], base: string) => Answer
const v2 = String.raw`/admin/v2/orgs/([^/]+)`
const directory = `${v2}/directories/([^/]+)`

const unknownUser = applicationError(
  404,
  'ADMIN-UAM-404-1',
  'Unknown Resource',
  'One or more user not found in the directory',
)
const narrow = (call: Call): Answer | undefined =>
  call.key === 'scoped' ? applicationError(403, 'ADMIN-UAM-403-1', 'Forbidden', 'The key has scopes') : undefined
const narrowManagement = (call: Call): Answer | undefined =>
  call.key === 'scoped' ? managementError(403, 'forbidden', 'requires manage:org') : undefined
const accountOf = (call: Call, id: string | undefined) => call.organization.byId.get(decodeURIComponent(id ?? ''))
const groupOf = (call: Call, directoryId: string | undefined, id: string | undefined) => {
  const group = call.organization.groups.get(id ?? '')
  return group !== undefined && (directoryId === '-' || group.directoryId === directoryId) ? group : undefined
}
const unknownGroup = applicationError(404, 'ADMIN-UAM-404-3', 'Group not found')

const standing =
  (act: typeof suspend): Endpoint =>
  (call, [, directoryId = '', id]) => {
    const account = accountOf(call, id)
    return narrow(call) ?? (account === undefined ? unknownUser : act(call, account, directoryId))
  }
const lifecycle =
  (enabled: boolean): Endpoint =>
  (call, [id]) => {
    const account = accountOf(call, id)
    return (
      narrowManagement(call) ??
      (account === undefined ? managementError(404, 'accountNotFound') : setEnabled(call, account, enabled))
    )
  }

const table: readonly (readonly [string, string, Endpoint])[] = [
  [
    'GET',
    '/admin/v1/orgs',
    (call, _, base) => {
      const { body } = organizationDetails(call, base)
      return ok({ data: call.key === 'scoped' ? [] : [(body as { data: unknown }).data], links: {} })
    },
  ],
  ['GET', '/admin/v1/orgs/([^/]+)', (call, _, base) => organizationDetails(call, base)],
  ['GET', '/admin/v1/orgs/([^/]+)/users', (call, _, base) => managedUsers(call, base)],
  [
    'GET',
    '/admin/v1/orgs/([^/]+)/directory/users/([^/]+)/last-active-dates',
    (call, [, id]) => {
      const account = accountOf(call, id)
      return account === undefined ? applicationError(404, 'ADMIN-404-8', 'User not found') : lastActiveDates(account)
    },
  ],
  ['GET', `${v2}/directories`, (call) => listDirectories(call)],
  ['POST', `${v2}/workspaces`, (call) => listWorkspaces(call)],
  ['POST', `${directory}/users/search`, (call) => searchUsers(call)],
  ['GET', `${directory}/users`, (call) => searchUsers(call)],
  ['GET', `${directory}/users/count`, (call) => countUsers(call)],
  [
    'GET',
    `${directory}/users/([^/]+)/role-assignments`,
    (call, [, , id]) => {
      const account = accountOf(call, id)
      return account === undefined ? unknownUser : roleAssignments(call, account)
    },
  ],
  ['POST', `${directory}/users/([^/]+)/suspend`, standing(suspend)],
  ['POST', `${directory}/users/([^/]+)/restore`, standing(restore)],
  ['POST', `${directory}/groups/search`, (call) => searchGroups(call)],
  [
    'GET',
    `${directory}/groups/([^/]+)`,
    (call, [, d, id]) => {
      const group = groupOf(call, d, id)
      return group === undefined ? unknownGroup : groupDetails(group)
    },
  ],
  [
    'GET',
    `${directory}/groups/([^/]+)/role-assignments`,
    (call, [, d, id]) => {
      const group = groupOf(call, d, id)
      return group === undefined ? unknownGroup : groupRoles(group)
    },
  ],
  [
    'POST',
    `${directory}/groups/([^/]+)/memberships`,
    (call, [, d, id]) => {
      const group = groupOf(call, d, id)
      return narrow(call) ?? (group === undefined ? unknownGroup : addMember(call, group))
    },
  ],
  [
    'DELETE',
    `${directory}/groups/([^/]+)/memberships/([^/]+)`,
    (call, [, d, id, account]) => {
      const group = groupOf(call, d, id)
      return (
        narrow(call) ??
        (group === undefined ? unknownGroup : removeMember(call, group, decodeURIComponent(account ?? '')))
      )
    },
  ],
  [
    'GET',
    '/users/([^/]+)/manage',
    (call, [id]) => {
      const account = accountOf(call, id)
      return (
        narrowManagement(call) ??
        (account === undefined ? managementError(404, 'accountNotFound') : privileges(call, account))
      )
    },
  ],
  ['POST', '/users/([^/]+)/manage/lifecycle/disable', lifecycle(false)],
  ['POST', '/users/([^/]+)/manage/lifecycle/enable', lifecycle(true)],
  [
    'GET',
    '/ex/jira/([^/]+)/rest/api/3/applicationrole',
    (call, [cloudId]) => {
      const here = call.organization.workspaces.filter(
        (one) => one.cloudId === cloudId && one.typeKey.startsWith('jira'),
      )
      if (here.length === 0) return jiraError(404, 'There is no such site.')
      return ok(
        here.map(({ ari, typeKey, type, capacity }) => {
          const userCount = seatsUsed(ari, call.organization)
          const numberOfSeats = capacity ?? -1
          return {
            key: typeKey,
            name: type,
            numberOfSeats,
            userCount,
            remainingSeats: numberOfSeats - userCount,
            hasUnlimitedSeats: capacity === null,
          }
        }),
      )
    },
  ],
]
const compiled = table.map(([method, pattern, endpoint]) => ({ method, endpoint, pattern: new RegExp(`^${pattern}$`) }))

/** Answers one call. */
export function route(call: Call, base: string): Answer {
  for (const { method, pattern, endpoint } of compiled) {
    const match = pattern.exec(call.path)
    if (match === null || method !== call.method) continue
    const asked = /^\/admin\/v[12]\/orgs\/([^/]+)/.exec(call.path)?.[1]
    if (asked !== undefined && asked !== call.organization.id)
      return asked.length < 36
        ? routingError(404, 'Not Found', 'TCS validation failed', call.path)
        : applicationError(404, 'ADMIN-404-2', 'Organization not found')
    return endpoint(call, match.slice(1), base)
  }
  return routingError(404, 'Not Found', 'No such route', call.path)
}
