// API tokens of a managed account.

import type { Call } from '../http/call.js'
import { type ApiResponse, noContent, managementError, ok } from '../http/responses.js'
import { managedAccount } from './managed-account.js'

/** GET …/manage/api-tokens. */
export const listTokens = (call: Call): ApiResponse => ok(managedAccount(call).tokens)
/** DELETE …/manage/api-tokens/{tokenId}. */
export function deleteToken(call: Call): ApiResponse {
  const account = managedAccount(call)
  const { tokenId } = call.params
  if (!account.tokens.some(({ id }) => id === tokenId)) return managementError(404, 'notFound')
  call.changes.change(account, `delete-token ${tokenId ?? ''}`, () => {
    account.tokens = account.tokens.filter(({ id }) => id !== tokenId)
  })
  return noContent
}
