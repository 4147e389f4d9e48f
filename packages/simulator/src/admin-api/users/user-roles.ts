// A user's roles: on resources through groups or directly, and on the organization.

import { giveDirectly, holdsDirectly, overCapacity } from '../../organization/access.js'
import { refuse, visibleAccount, type Call } from '../../http/call.js'
import { readList } from '../../http/parameters.js'
import { applicationError, noContent, ok, type ApiResponse } from '../../http/responses.js'
import type { Account, Workspace } from '../../organization/organization.js'
import { readPageRequest, pageOf } from '../../http/paging.js'
import { directoryOf } from '../directory.js'
import { unknownUser } from '../directory.js'
import { rowsOf } from './role-rows.js'

const platformRoles = ['atlassian/org-admin', 'atlassian/site-admin']
const assignable = ['user', 'user-access-admin', 'admin', 'guest', 'contributor', 'customer', 'basic', 'stakeholder']
const uamError = (status: number, code: string, title: string, detail = title) =>
  applicationError(status, `ADMIN-UAM-${code}`, title, detail)

/** GET …/users/{accountId}/role-assignments. */
export function roleAssignments(call: Call): ApiResponse {
  const { accountId = '' } = call.params
  const account = visibleAccount(call, accountId)
  const directory = directoryOf(call)
  if (account === undefined) return unknownUser
  const page = readPageRequest(call, `roles ${accountId}`, { standard: 20, most: 100 })
  const owners = readList(page.parameters, 'resourceOwners', 10)
  const resources = readList(page.parameters, 'resourceIds', 20)
  const [roles, directories] = [readList(page.parameters, 'roleIds', 10), readList(page.parameters, 'directoryIds', 10)]
  const { data, links } = pageOf(call, page, rowsOf(call, account), (row) =>
    (directory === '-' || row.directoryId === null || row.directoryId === directory) &&
    (owners?.includes(row.resourceOwner) ?? true) &&
    (resources?.includes(row.resourceId) ?? true) &&
    (directories?.includes(row.directoryId ?? '') ?? true) &&
    (roles === undefined || row.roles.some((role) => roles.includes(role)))
      ? { ...row, roles: call.behaviour.deprecatedRoles ? row.roles : undefined }
      : undefined,
  )
  return ok({ data, links })
}

const accountOf = ({ organization, params }: Call): Account =>
  organization.byId.get(params['accountId'] ?? '') ?? refuse(uamError(404, '404-3', 'Unknown Resource', 'No such user'))

function resourceOf({ organization, body }: Call): Workspace {
  const ari = body['resource']
  if (typeof ari !== 'string' || !ari.startsWith('ari:cloud:')) return refuse(uamError(400, '400-1', 'Bad request'))
  if (ari.startsWith('ari:cloud:jira-admin::')) return refuse(uamError(400, '400-5', 'Empty/Invalid Resource'))
  const known = organization.workspaces.find((one) => one.ari === ari)
  return known ?? refuse(uamError(404, '404-3', 'Unknown Resource', 'No such resource'))
}

/** POST /v1/…/users/{userId}/roles/assign: adds the user to the default group of that role, or assigns the role directly. */
export function assignRole(call: Call): ApiResponse {
  const { organization, body, changes } = call
  const role = String(body['role'])
  if (role === 'atlassian/org-admin') return assignOrgRole(call)
  if (!assignable.includes(role.replace('atlassian/', ''))) return uamError(400, '400-3', 'Invalid role for resource')
  const { ari, directoryId } = resourceOf(call)
  const account = accountOf(call)
  const grant = { ari, role, isDefault: false }
  const active = account.accountStatus === 'active' && account.memberships.get(directoryId)?.status === 'active'
  if (active && overCapacity(account, [grant], organization)) return uamError(409, '409-3', 'Licence limit exceeded')
  const home = [...organization.groups.values()].find(
    ({ synced, grants }) => !synced && grants.some((one) => one.ari === ari && one.role === role && one.isDefault),
  )
  changes.change(account, `assign ${role} on ${ari}`, () => {
    if (!account.memberships.has(directoryId)) account.memberships.set(directoryId, { status: 'active' })
    if (home !== undefined) account.groups.add(home.id)
    else giveDirectly(account, ari, role)
  })
  return noContent
}

/** POST /v1/…/users/{userId}/roles/revoke: keeps what another group grants. */
export function revokeRole(call: Call): ApiResponse {
  const { organization, body, changes } = call
  const role = String(body['role'])
  if (role === 'atlassian/org-admin') return revokeOrgRole(call)
  if (!assignable.includes(role.replace('atlassian/', ''))) return uamError(400, '400-3', 'Invalid role for resource')
  const { ari } = resourceOf(call)
  const account = accountOf(call)
  const homes = [...account.groups].filter((id) =>
    organization.groups.get(id)?.grants.some((one) => one.ari === ari && one.role === role && one.isDefault),
  )
  if (homes.some((id) => organization.groups.get(id)?.synced)) return uamError(403, '403-1', 'Forbidden')
  if (homes.length === 0 && !holdsDirectly(account, ari, role)) return noContent
  changes.change(account, `revoke ${role} on ${ari}`, () => {
    for (const id of homes) account.groups.delete(id)
    account.direct = account.direct.filter((one) => one.ari !== ari || one.role !== role)
  })
  return noContent
}

function orgRoleOf({ body }: Call): string {
  const role = String(body['role'])
  return platformRoles.includes(role) ? role : refuse(badRequestOfRole)
}
const badRequestOfRole = uamError(400, '400-1', 'Bad request', 'The role is not one of the organization')

/** POST /v1/…/users/{userId}/role-assignments/assign: a role on the organization; visible after the role lag. */
export function assignOrgRole(call: Call): ApiResponse {
  const { changes, behaviour } = call
  const [role, account] = [orgRoleOf(call), accountOf(call)]
  const lagMs = Math.max(behaviour.roleLagMs, behaviour.lagMs)
  if (!account.orgRoles.has(role))
    changes.change(account, `assign ${role}`, () => void account.orgRoles.add(role), { lagMs })
  return noContent
}

/** POST /v1/…/users/{userId}/role-assignments/revoke; refused for the last organization admin. */
export function revokeOrgRole(call: Call): ApiResponse {
  const { organization, changes, behaviour } = call
  const [role, account] = [orgRoleOf(call), accountOf(call)]
  if (!account.orgRoles.has(role)) return noContent
  const holders = organization.accounts.filter(({ orgRoles }) => orgRoles.has(role)).length
  if (role === 'atlassian/org-admin' && holders === 1)
    return uamError(403, '403-1', 'Forbidden', 'The last organization admin stays')
  const lagMs = Math.max(behaviour.roleLagMs, behaviour.lagMs)
  changes.change(account, `revoke ${role}`, () => void account.orgRoles.delete(role), { lagMs })
  return noContent
}
