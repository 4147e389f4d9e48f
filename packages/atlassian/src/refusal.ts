// Translates a refusal of Atlassian into a DirectoryError: a code for the program, a sentence for the admin.

import { DirectoryError, type DirectoryErrorCode } from '@rollcall/core'
import { readErrorBody } from './error-body.js'
import { redactKey, type ApiRequest, type ApiResponse } from './request.js'

const advice = {
  unauthorized: 'The API key is wrong, expired, revoked or has too few rights. Give a valid organization API key.',
  forbidden: 'The key may not do this. Changes need an organization API key made without scopes.',
  'not-found': 'Check that it still exists.',
  'seat-limit': 'Free or buy a seat first.',
  unavailable: 'Try again later.',
  'unexpected-response': 'Nothing was changed.',
  conflict: 'Look at this account at admin.atlassian.com.',
} as const satisfies Partial<Record<DirectoryErrorCode, string>>
/** Says whether a status means that the service failed, or a gateway did not wait for it. */
export const isOutage = (status: number): boolean => status >= 500 || status === 408
/**
 * Says whether an outage comes from the service itself: only a 500 with a known error body does. Any other may come from
 * a gateway, even a 503 with Retry-After, while the service behind it still works on the change.
 */
const isOwnFailure = (status: number, code: string): boolean => status === 500 && code !== ''
const wrongOrganization = 'Check the id of the organization, and that the key belongs to it.'

function codeOf(status: number, code: string, isChange: boolean): keyof typeof advice {
  if (status === 401 || code === 'ADMIN-401-2') return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not-found'
  if (code.endsWith('409-3') || code.endsWith('400-32')) return 'seat-limit'
  if (isOutage(status)) return 'unavailable'
  return isChange ? 'conflict' : 'unexpected-response'
}

/** Translates a failed response. A change with a lost or broken response may have taken effect. */
export function refusal(request: ApiRequest, { status, text }: ApiResponse): DirectoryError {
  const { method, path, permit } = request
  const { code, sentence } = readErrorBody(text)
  const say = (what: string) =>
    redactKey(
      `Atlassian refused: ${sentence} (${method} ${path.split('?')[0]} responded with ${status}). ${what}`,
      request,
    )
  // Otherwise, with a wrong organization id, every account would look as if it had left.
  if (status === 404 && (code === 'routing' || code.endsWith('404-2')))
    return new DirectoryError('forbidden', say(wrongOrganization))
  const meant = codeOf(status, code, permit !== undefined)
  const effect = meant === 'unavailable' && permit !== undefined ? 'maybe' : 'none'
  return new DirectoryError(meant, say(advice[meant]), {
    effect,
    responded: !isOutage(status) || isOwnFailure(status, code),
  })
}
