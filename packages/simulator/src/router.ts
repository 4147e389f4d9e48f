// Finds the endpoint for a call, or the error when there is none.

import { Refused, type Call } from './http/call.js'
import { applicationError, routingError, type ApiResponse } from './http/responses.js'
import type { Keyring } from './http/keys.js'
import { adminRoutes } from './admin-api/routes.js'
import { jiraRoutes } from './jira-api/routes.js'
import { managementRoutes } from './user-management-api/routes.js'
import { errorFor } from './http/endpoint-error.js'

const compiled = [...adminRoutes, ...managementRoutes, ...jiraRoutes].map(([method, template, need, endpoint]) => ({
  method,
  need,
  endpoint,
  pattern: new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}))
/** Path segments in the place of an id: …/users/count is not an account. */
const reserved = /\/(users|groups)\/(search|count|stats|invite)$/

function decoded(groups: Readonly<Record<string, string>>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]))
  } catch {
    return undefined
  }
}

function unrouted({ path }: Call, known: boolean): ApiResponse {
  if (!known) return routingError(404, 'Not Found', 'No such route', path)
  return path.startsWith('/users/')
    ? routingError(405, 'Method Not Allowed', 'Method Not Allowed', path)
    : errorFor(path, 405, '405-1', 'Method not allowed')
}

function wrongOrganization({ path, organization }: Call, parameters: string | undefined): ApiResponse | undefined {
  if (parameters === undefined || parameters === organization.id) return undefined
  return parameters.length < 36
    ? routingError(404, 'Not Found', 'TCS validation failed', path)
    : applicationError(404, 'ADMIN-404-2', 'Organization not found')
}

/** Responds to one call. */
export function route(call: Omit<Call, 'params'>, keyring: Keyring): ApiResponse {
  let known = false
  for (const { method, pattern, need, endpoint } of compiled) {
    const match = pattern.exec(call.path)
    if (match === null) continue
    known = true
    if (method !== call.method || (reserved.test(call.path) && match.groups?.['accountId'] !== undefined)) continue
    if (reserved.test(call.path) && match.groups?.['groupId'] !== undefined) continue
    const params = decoded(match.groups ?? {})
    if (params === undefined) return routingError(400, 'Bad Request', 'Malformed path', call.path)
    const whole = { ...call, params }
    try {
      const refusal = keyring.refusal(need, call) ?? wrongOrganization(whole, params['orgId'])
      return refusal ?? endpoint(whole)
    } catch (thrown) {
      if (thrown instanceof Refused) return thrown.answer
      throw thrown
    }
  }
  return unrouted({ ...call, params: {} }, known)
}
