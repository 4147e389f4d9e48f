// Members of groups.

import { overCapacity } from '../../organization/access.js'
import type { Call } from '../../http/call.js'
import { readText } from '../../http/parameters.js'
import { applicationError, noContent, type ApiResponse } from '../../http/responses.js'
import { groupOf } from './groups.js'
import type { Account, Group } from '../../organization/organization.js'
import { unknownUser } from '../directory.js'

const syncedGroup = applicationError(
  403,
  'ADMIN-403-5',
  'Not allowed to manage the group',
  'The group is synced from an identity provider',
)
const notThere = applicationError(404, 'ADMIN-UAM-404-1', 'Unknown Resource', 'One or more user not found in the group')

/** Whether adding the account would exceed the seats. */
export const lacksSeat = ({ organization }: Pick<Call, 'organization'>, account: Account, group: Group): boolean =>
  account.accountStatus === 'active' &&
  account.memberships.get(group.directoryId)?.status === 'active' &&
  overCapacity(account, group.grants, organization)

/** Adds a member without any check. */
export const letIn = ({ changes }: Call, account: Account, group: Group): void =>
  changes.change(account, `add-to-group ${group.name}`, () => void account.groups.add(group.id))
/** Removes a member without any check. */
export const letOut = ({ changes }: Call, account: Account, group: Group): void =>
  changes.change(account, `remove-from-group ${group.name}`, () => void account.groups.delete(group.id))

/** POST …/groups/{groupId}/memberships. */
export function addMember(call: Call): ApiResponse {
  const { organization, body, behaviour } = call
  const group = groupOf(call, { write: true })
  const account = organization.byId.get(readText(body, 'accountId'))
  if (group.synced) return syncedGroup
  if (account === undefined || !account.memberships.has(group.directoryId)) return unknownUser
  if (account.groups.has(group.id))
    return behaviour.readdGives204
      ? noContent
      : applicationError(409, 'ADMIN-UAM-409-2', 'Resource conflict', 'Already a member')
  if (lacksSeat(call, account, group)) return applicationError(409, 'ADMIN-UAM-409-3', 'Licence limit exceeded')
  letIn(call, account, group)
  return noContent
}

/** DELETE …/groups/{groupId}/memberships/{accountId}. */
export function removeMember(call: Call): ApiResponse {
  const group = groupOf(call, { write: true })
  const account = call.organization.byId.get(call.params['accountId'] ?? '')
  if (group.synced) return syncedGroup
  if (account === undefined || !account.groups.has(group.id)) return notThere
  letOut(call, account, group)
  return noContent
}
