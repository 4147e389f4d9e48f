// The lifecycle of a managed account: permitted changes, deactivate and activate, delete and cancel.

import { refuse, type Call } from '../http/call.js'
import { managementError, noContent, ok, type ApiResponse } from '../http/responses.js'
import type { Account } from '../organization/organization.js'
import { isOrgAdmin } from '../organization/access.js'
import { grace } from '../organization/deletion.js'
import { managedAccount } from './managed-account.js'

const allowed = { allowed: true }
const provisioned = { allowed: false, reason: { key: 'externalDirectory.scim' } }

/** GET /users/{accountId}/manage. */
export function privileges(call: Call): ApiResponse {
  const account = managedAccount(call)
  const wanted = call.query.getAll('privileges').flatMap((text) => text.split(','))
  const rule = account.synced ? provisioned : allowed
  const fields = ['name', 'nickname', 'zoneinfo', 'locale', 'extended_profile.department']
  const profile = Object.fromEntries(fields.map((field) => [field, rule]))
  const all = {
    profile,
    'profile.write': profile,
    'profile.read': allowed,
    'email.set': rule,
    'lifecycle.enablement': rule,
    'lifecycle.delete': rule,
    'apiToken.read': allowed,
    'apiToken.delete': allowed,
  }
  return ok(
    wanted.length === 0 ? all : Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name))),
  )
}

function changeable(call: Call): Account {
  const account = managedAccount(call)
  return account.synced ? refuse(managementError(403, 'forbidden.action', provisioned)) : account
}

function refuseAdmins(account: Account): void {
  if (!isOrgAdmin(account)) return
  const errorCodes = [{ code: 'org-admin', message: 'Revoke the role first', link: 'https://admin.example' }]
  const context = { message: 'The account administers an organization', accountId: account.accountId, errorCodes }
  refuse(managementError(409, 'conflict.lifecycleErrors', context))
}

/** POST …/lifecycle/disable. */
export function disable(call: Call): ApiResponse {
  const account = changeable(call)
  refuseAdmins(account)
  if (account.accountStatus === 'active')
    call.changes.change(account, 'deactivate', () => {
      account.accountStatus = 'inactive'
      account.deactivatedAt = call.clock.now()
    })
  return noContent
}

/** POST …/lifecycle/enable; cancel a pending deletion first. */
export function enable(call: Call): ApiResponse {
  const account = changeable(call)
  if (account.deletionAt !== undefined || account.accountStatus === 'closed')
    return managementError(403, 'forbidden.action', { allowed: false, reason: { key: 'administrative' } })
  if (account.accountStatus !== 'active')
    call.changes.change(account, 'activate', () => {
      account.accountStatus = 'active'
      account.deactivatedAt = undefined
    })
  return noContent
}

/** POST …/lifecycle/delete: final after fourteen days. */
export function requestDeletion(call: Call): ApiResponse {
  const account = changeable(call)
  refuseAdmins(account)
  const { changes, clock } = call
  if (account.deletionAt === undefined && account.accountStatus !== 'closed')
    changes.change(account, 'delete', () => {
      account.accountStatus = 'inactive'
      account.deactivatedAt ??= clock.now()
      account.deletionAt = clock.now() + grace
    })
  return ok({ message: 'Success' })
}

/** POST …/lifecycle/cancel-delete: active again. */
export function cancelDeletion(call: Call): ApiResponse {
  const account = changeable(call)
  if (account.deletionAt === undefined) return managementError(403, 'forbidden')
  call.changes.change(account, 'cancel-delete', () => {
    account.accountStatus = 'active'
    account.deactivatedAt = undefined
    account.deletionAt = undefined
  })
  return ok({ message: 'Success' })
}
