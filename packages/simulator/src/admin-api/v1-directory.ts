// The directory endpoints of v1. Atlassian removed them in 2026; organizations with the original user management never had them.

import type { Endpoint } from '../http/call.js'
import { applicationError, ok, routingError } from '../http/responses.js'

/** Serves an endpoint of v2 under its v1 path while `v1Directory` is on. */
export const asV1Endpoint =
  (endpoint: Endpoint): Endpoint =>
  (call) => {
    const { behaviour, organization, body, params, path } = call
    if (!behaviour.v1Directory) return routingError(404, 'Not Found', 'No such route', path)
    if (organization.model === 'original')
      return applicationError(
        400,
        'ADMIN-400-4',
        'Invalid resource',
        `Organization: ${organization.id} is not with the new user management experience`,
      )
    const directoryId = organization.directories[0]?.id ?? ''
    const answer = endpoint({
      ...call,
      params: { ...params, directoryId },
      body: { ...body, accountId: body['account_id'] },
    })
    return answer.status === 204 ? ok({ message: 'Success' }) : answer
  }
