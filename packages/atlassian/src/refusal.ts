// What Atlassian refuses, translated into the one family of errors: a code for the program, a sentence for the admin.

import { DirectoryError, type DirectoryErrorCode } from '@rollcall/core'
import { readErrorBody } from './error-body.js'
import { sealed, type Asked, type Received } from './request.js'

const advice = {
  unauthorized: 'The API key is wrong, expired, revoked or has too few rights. Give a valid organization API key.',
  forbidden: 'The key may not do this. Changes need an organization API key made without scopes.',
  'not-found': 'Check that it still exists.',
  'seat-limit': 'Free or buy a seat first.',
  unavailable: 'Try again later.',
  'unexpected-response': 'Nothing was changed.',
  conflict: 'Look at this account at admin.atlassian.com.',
} as const satisfies Partial<Record<DirectoryErrorCode, string>>
/** Says whether an answer is none of the service: it failed, or was not waited for. */
export const isOutage = (status: number): boolean => status >= 500 || status === 408
/**
 * Says whether a service of Atlassian speaks of its own failure. Of outages only a 500 does, in a shape that is known:
 * any other comes from a gateway, or may, 503 with Retry-After as well, and behind it the service may still be at work.
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

/** Translates an answer that is no success. A lost or broken answer to a change may have had its effect. */
export function refusal(asked: Asked, { status, text }: Received): DirectoryError {
  const { method, path, permit } = asked
  const { code, sentence } = readErrorBody(text)
  const say = (what: string) =>
    sealed(`Atlassian refused: ${sentence} (${method} ${path.split('?')[0]} answered ${status}). ${what}`, asked)
  // A wrong organization id would else make every account look as if it were gone.
  if (status === 404 && (code === 'routing' || code.endsWith('404-2')))
    return new DirectoryError('forbidden', say(wrongOrganization))
  const meant = codeOf(status, code, permit !== undefined)
  const effect = meant === 'unavailable' && permit !== undefined ? 'maybe' : 'none'
  return new DirectoryError(meant, say(advice[meant]), {
    effect,
    answered: !isOutage(status) || isOwnFailure(status, code),
  })
}
