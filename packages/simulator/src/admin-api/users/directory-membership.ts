// A person's standing in a directory: suspend, restore, remove.

import { grantsOf, isOrgAdmin, overCapacity } from '../../organization/access.js'
import { refuse, type Call } from '../../http/call.js'
import { applicationError, noContent, type Answer } from '../../http/responses.js'
import type { Account, Membership } from '../../organization/organization.js'
import { unknownUser } from '../directory.js'

function standing(call: Call): { account: Account; membership: Membership; directoryId: string } {
  const { directoryId = '', accountId = '' } = call.params
  const account = call.organization.byId.get(accountId)
  const membership = account?.memberships.get(directoryId)
  return account === undefined || membership === undefined ? refuse(unknownUser) : { account, membership, directoryId }
}
const adminStays = (verb: string) =>
  applicationError(400, 'ADMIN-UAM-400-1', 'Bad request', `Organization admins cannot be ${verb}`)

/** POST …/users/{accountId}/suspend: groups and roles are kept. */
export function suspend(call: Call): Answer {
  const { account, membership } = standing(call)
  if (isOrgAdmin(account)) return adminStays('suspended')
  if (membership.status !== 'suspended')
    call.changes.change(account, 'suspend', () => {
      membership.status = 'suspended'
    })
  return noContent
}

/** POST …/users/{accountId}/restore: refused when a seat is missing for what comes back. */
export function restore(call: Call): Answer {
  const { organization, changes } = call
  const { account, membership, directoryId } = standing(call)
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

/** DELETE …/users/{accountId}: groups and roles of that directory are lost. */
export function removeUser(call: Call): Answer {
  const { organization, changes } = call
  const { account, directoryId } = standing(call)
  if (isOrgAdmin(account)) return adminStays('removed')
  changes.change(account, 'remove', () => {
    account.memberships.delete(directoryId)
    for (const id of account.groups)
      if (organization.groups.get(id)?.directoryId === directoryId) account.groups.delete(id)
    const here = organization.workspaces.filter((one) => one.directoryId === directoryId).map(({ ari }) => ari)
    account.direct = account.direct.filter(({ ari }) => !here.includes(ari))
  })
  return noContent
}
