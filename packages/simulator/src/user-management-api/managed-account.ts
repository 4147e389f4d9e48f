// The managed account that a path names.

import { type Call, refuse } from '../http/call.js'
import { managementError } from '../http/responses.js'
import type { Account } from '../organization/organization.js'

/** Reads the account of the path; refuses one that is unknown or not managed. */
export function managedAccount({ organization, params }: Call): Account {
  const account = organization.byId.get(params['accountId'] ?? '')
  if (account === undefined) return refuse(managementError(404, 'accountNotFound'))
  return account.managed ? account : refuse(managementError(403, 'forbidden'))
}
