// A user's membership in a directory: suspend, restore, remove.

import { grantsOf, isOrgAdmin, overCapacity } from '../../organization/access.js'
import { refuse, type Call } from '../../http/call.js'
import { applicationError, noContent, type ApiResponse } from '../../http/responses.js'
import type { Account, Membership } from '../../organization/organization.js'
import { unknownUser } from '../directory.js'

function memberOf(call: Call): { account: Account; membership: Membership; directoryId: string } {
  const { directoryId = '', accountId = '' } = call.params
  const account = call.organization.byId.get(accountId)
  const membership = account?.memberships.get(directoryId)
  return account === undefined || membership === undefined ? refuse(unknownUser) : { account, membership, directoryId }
}
const adminError = (verb: string) =>
  applicationError(400, 'ADMIN-UAM-400-1', 'Bad request', `Organization admins cannot be ${verb}`)

/** POST …/users/{accountId}/suspend: the user keeps groups and roles. */
export function suspend(call: Call): ApiResponse {
  const { account, membership } = memberOf(call)
  if (isOrgAdmin(account)) return adminError('suspended')
  if (membership.status !== 'suspended')
    call.changes.change(account, 'suspend', () => {
      membership.status = 'suspended'
    })
  return noContent
}

/** POST …/users/{accountId}/restore: refused when the products have no free seat. */
export function restore(call: Call): ApiResponse {
  const { organization, changes } = call
  const { account, membership, directoryId } = memberOf(call)
  if (membership.status === 'active') return noContent
  const here = [...grantsOf(account, organization)].filter(({ ari }) =>
    organization.workspaces.some((one) => one.ari === ari && one.directoryId === directoryId),
  )
  if (account.accountStatus === 'active' && overCapacity(account, here, organization))
    return applicationError(409, 'ADMIN-409-3', 'Licence limit exceeded')
  changes.change(account, 'restore', () => {
    membership.status = 'active'
  })
  return noContent
}

/** DELETE …/users/{accountId}: the user loses groups and roles of that directory. */
export function removeUser(call: Call): ApiResponse {
  const { organization, changes } = call
  const { account, directoryId } = memberOf(call)
  if (isOrgAdmin(account)) return adminError('removed')
  changes.change(account, 'remove', () => {
    account.memberships.delete(directoryId)
    for (const id of account.groups)
      if (organization.groups.get(id)?.directoryId === directoryId) account.groups.delete(id)
    const here = organization.workspaces.filter((one) => one.directoryId === directoryId).map(({ ari }) => ari)
    account.direct = account.direct.filter(({ ari }) => !here.includes(ari))
  })
  return noContent
}
