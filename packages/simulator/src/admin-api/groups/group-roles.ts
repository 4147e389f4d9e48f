// The role assignments of groups.

import { canUse, takesSeat } from '../../organization/access.js'
import type { Call } from '../../http/call.js'
import { readList, readText } from '../../http/parameters.js'
import { applicationError, noContent, ok, type ApiResponse } from '../../http/responses.js'
import { groupOf } from './groups.js'
import { readPageRequest, pageOf } from '../../http/paging.js'

const roles = [
  'user',
  'user-access-admin',
  'admin',
  'guest',
  'contributor',
  'customer',
  'basic',
  'stakeholder',
  'viewer',
]

/** GET …/groups/{groupId}/role-assignments. */
export function groupRoles(call: Call): ApiResponse {
  const group = groupOf(call)
  const page = readPageRequest(call, `group-roles ${group.id}`, { standard: 20, most: 100 })
  const [owners, resources] = [
    readList(page.parameters, 'resourceOwners', 10),
    readList(page.parameters, 'resourceIds', 20),
  ]
  const wanted = readList(page.parameters, 'roleIds', 10)
  const { data, links } = pageOf(call, page, group.grants, ({ ari, role, isDefault }) => {
    const resourceOwner = ari.split(':')[2] ?? ''
    const fits =
      (owners?.includes(resourceOwner) ?? true) &&
      (resources?.includes(ari) ?? true) &&
      (wanted?.includes(role) ?? true)
    return fits ? { resourceId: ari, resourceOwner, roles: [role], defaultRole: isDefault ? role : null } : undefined
  })
  return ok({ data, links })
}

function readRequest(call: Call) {
  const group = groupOf(call, { write: true })
  const [ari, role] = [readText(call.body, 'resourceId'), readText(call.body, 'roleId')]
  const workspace = call.organization.workspaces.find((one) => one.ari === ari)
  const refusal = group.synced
    ? applicationError(403, 'ADMIN-403-5', 'Not allowed to manage the group')
    : !roles.includes(role.replace('atlassian/', ''))
      ? applicationError(400, 'ADMIN-UAM-400-3', 'Invalid role for resource')
      : workspace === undefined
        ? applicationError(404, 'ADMIN-UAM-404-1', 'Unknown Resource')
        : undefined
  return {
    group,
    ari,
    role,
    workspace,
    refusal,
    index: group.grants.findIndex((one) => one.ari === ari && one.role === role),
  }
}

/** POST …/groups/{groupId}/role-assignments/assign: returns 200, while revoke returns 204. */
export function assignGroupRole(call: Call): ApiResponse {
  const { group, ari, role, workspace, refusal, index } = readRequest(call)
  if (refusal !== undefined) return refusal
  const { organization, changes } = call
  const capacity = workspace?.capacity ?? null
  if (index < 0 && capacity !== null && takesSeat(role)) {
    const more = organization.accounts.filter((one) => one.groups.has(group.id) && canUse(one, workspace)).length
    if (organization.tally.seats(ari) + more > capacity)
      return applicationError(409, 'ADMIN-UAM-409-3', 'Licence limit exceeded')
  }
  if (index < 0) changes.regrant(group.id, () => void group.grants.push({ ari, role, isDefault: false }))
  return { status: 200 }
}

/** POST …/groups/{groupId}/role-assignments/revoke. */
export function revokeGroupRole(call: Call): ApiResponse {
  const { group, refusal, index } = readRequest(call)
  if (refusal !== undefined) return refusal
  if (index >= 0) call.changes.regrant(group.id, () => void group.grants.splice(index, 1))
  return noContent
}
