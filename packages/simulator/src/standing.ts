// A person's standing: suspend and restore in a directory, deactivate and activate as a managed account.

import { grantedTo, overCapacity } from './access.js'
import type { Call } from './call.js'
import { applicationError, managementError, noContent, ok, type Answer } from './errors.js'
import type { Account } from './organization.js'

const isAdmin = (account: Account) => account.orgRoles.has('atlassian/org-admin')

/** POST …/users/{accountId}/suspend. */
export function suspend(call: Call, account: Account, directoryId: string): Answer {
  const membership = account.memberships.get(directoryId)
  if (membership === undefined)
    return applicationError(404, 'ADMIN-UAM-404-1', 'Unknown Resource', 'One or more user not found in the directory')
  if (isAdmin(account))
    return applicationError(400, 'ADMIN-UAM-400-1', 'Bad request', 'Organization admins cannot be suspended')
  if (membership.status !== 'suspended') {
    membership.status = 'suspended'
    call.changed(account.accountId, 'suspend')
  }
  return noContent
}

/** POST …/users/{accountId}/restore. */
export function restore(call: Call, account: Account, directoryId: string): Answer {
  const { organization } = call
  const membership = account.memberships.get(directoryId)
  if (membership === undefined)
    return applicationError(404, 'ADMIN-UAM-404-1', 'Unknown Resource', 'One or more user not found in the directory')
  if (membership.status !== 'active') {
    const here = [...grantedTo(account, organization)].filter((ari) =>
      organization.workspaces.some((one) => one.ari === ari && one.directoryId === directoryId),
    )
    if (overCapacity(here, organization)) return applicationError(409, 'ADMIN-409-3', 'Licence limit exceeded')
    membership.status = 'active'
    call.changed(account.accountId, 'restore')
  }
  return noContent
}

/** GET /users/{accountId}/manage. */
export function privileges({ query }: Call, account: Account): Answer {
  if (!account.managed) return managementError(403, 'forbidden')
  const wanted = query.getAll('privileges')
  const enablement = account.synced ? { allowed: false, reason: { key: 'externalDirectory.scim' } } : { allowed: true }
  const all = { 'email.set': { allowed: true }, 'lifecycle.enablement': enablement, 'lifecycle.delete': enablement }
  return ok(
    wanted.length === 0 ? all : Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name))),
  )
}

/** POST /users/{accountId}/manage/lifecycle/disable and …/enable. */
export function setEnabled(call: Call, account: Account, enabled: boolean): Answer {
  if (!account.managed) return managementError(403, 'forbidden')
  if (account.synced)
    return managementError(403, 'forbidden.action', { allowed: false, reason: { key: 'externalDirectory.scim' } })
  const wanted = enabled ? 'active' : 'inactive'
  if (account.accountStatus !== wanted) {
    account.accountStatus = wanted
    call.changed(account.accountId, enabled ? 'activate' : 'deactivate')
  }
  return noContent
}
