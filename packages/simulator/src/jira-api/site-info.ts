// A Jira site about itself: permissions of the caller, server information, audit records.

import type { Call } from '../http/call.js'
import { jiraError, noContent, ok, type ApiResponse } from '../http/responses.js'
import { siteOf } from './site.js'
import { numberOf } from './offset-page.js'

/** GET …/mypermissions. */
export function myPermissions(call: Call): ApiResponse {
  siteOf(call)
  const names = (call.query.get('permissions') ?? '').split(',').filter((name) => name !== '')
  if (names.length === 0) return jiraError(400, 'The permissions query parameter is required.')
  const strange = names.find((name) => !/^[A-Z_]+$/.test(name))
  if (strange !== undefined) return jiraError(400, `Unrecognized permission ${strange}`)
  const permissions = names.map((key, index) => [
    key,
    { id: String(index), key, name: key.toLowerCase(), type: 'GLOBAL', description: '', havePermission: true },
  ])
  return ok({ permissions: Object.fromEntries(permissions) as unknown })
}

/** GET …/serverInfo. */
export function serverInfo(call: Call): ApiResponse {
  const { host } = siteOf(call)
  return ok({
    baseUrl: `https://${host}`,
    displayUrl: `https://${host}`,
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100_000,
    serverTitle: 'Jira',
    serverTime: new Date(call.clock.now()).toISOString(),
  })
}

/** GET …/auditing/record. */
export function auditRecords(call: Call): ApiResponse {
  siteOf(call)
  const [offset, limit] = [numberOf(call, 'offset', 0, 1e10), numberOf(call, 'limit', 1000, 1000)]
  const { events } = call.journal
  const records = events.slice(offset, offset + limit).map(({ at, action, subject }, index) => ({
    id: offset + index + 1,
    summary: action,
    created: new Date(at).toISOString(),
    category: 'user management',
    objectItem: { id: subject, name: subject, typeName: 'USER' },
  }))
  return ok({ offset, limit, total: events.length, records })
}

/** POST …/issue/{issueIdOrKey}/notify: accepted, sends nothing. */
export function notify(call: Call): ApiResponse {
  siteOf(call)
  return noContent
}
