// The profile of a managed account, its address and its API tokens.

import type { Call } from '../http/call.js'
import { managementError, noContent, ok, type ApiResponse } from '../http/responses.js'
import { managedAccount } from './managed-account.js'
import type { Account } from '../organization/organization.js'

const shown = (account: Account) => ({
  account: {
    account_id: account.accountId,
    account_type: account.accountType,
    account_status: account.accountStatus,
    name: account.name,
    nickname: account.nickname,
    email: account.email,
    zoneinfo: 'Europe/Berlin',
    locale: 'en-US',
    picture: 'https://avatar.example/a.png',
    characteristics: { not_mentionable: false },
    extended_profile: {
      ...(account.jobTitle === null ? {} : { job_title: account.jobTitle }),
      ...(account.department === null ? {} : { department: account.department }),
    },
  },
})

/** GET …/manage/profile. */
export const readProfile = (call: Call): ApiResponse => ok(shown(managedAccount(call)))

const lengths: Readonly<Record<string, number>> = { name: 100, nickname: 30 }

/** PATCH …/manage/profile. */
export function writeProfile(call: Call): ApiResponse {
  const account = managedAccount(call)
  const { body, changes } = call
  const provisioned = { allowed: false, reason: { key: 'externalDirectory.scim' } }
  if (account.synced) {
    const rules = Object.fromEntries(Object.keys(body).map((field) => [field, provisioned]))
    return managementError(403, 'forbidden.fieldMutation', rules)
  }
  const violated = Object.entries(lengths).filter(([field, most]) => {
    const value = body[field]
    return value !== undefined && (typeof value !== 'string' || value === '' || value.length > most)
  })
  if (violated.length > 0)
    return managementError(400, 'fieldConstraintsViolated', {
      fieldViolations: violated.map(([field]) => ({ field, violations: [{ key: 'maxLength' }] })),
    })
  const extended = (body['extended_profile'] ?? {}) as Record<string, unknown>
  const { job_title: title, department } = extended
  changes.change(account, 'profile', () => {
    if (typeof body['name'] === 'string') account.name = body['name']
    if (typeof body['nickname'] === 'string') account.nickname = body['nickname']
    if (typeof title === 'string') account.jobTitle = title
    if (typeof department === 'string') account.department = department
  })
  return ok(shown(account))
}

/** PUT …/manage/email: the new domain must be verified. */
export function writeEmail(call: Call): ApiResponse {
  const account = managedAccount(call)
  const { body, organization, changes } = call
  const email = body['email']
  if (typeof email !== 'string' || !/^[^@\s]+@[^@\s]+$/.test(email))
    return managementError(400, 'fieldConstraintsViolated', {
      fieldViolations: [{ field: 'email', violations: [{ key: 'format' }] }],
    })
  const verified = organization.domains.filter(({ claim }) => claim.status === 'verified').map(({ name }) => name)
  if (!verified.includes(email.split('@')[1] ?? '')) return managementError(403, 'forbidden.unclaimedDomain')
  changes.change(account, 'email', () => {
    account.email = email
  })
  return noContent
}
