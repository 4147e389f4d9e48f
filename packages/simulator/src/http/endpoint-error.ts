// Errors in the shape of the API that a path belongs to.

import { type ApiResponse, managementError, jiraError, applicationError } from './responses.js'

/** An error in the shape of the API that the path belongs to. */
export function errorFor(path: string, status: number, code: string, message: string): ApiResponse {
  if (path.startsWith('/users/')) return managementError(status, status === 400 ? 'bodyParseFailure' : 'notFound')
  if (path.startsWith('/ex/jira/')) return jiraError(status, message)
  return applicationError(status, path.startsWith('/admin/v2/') ? `ADMIN-UAM-${code}` : `ADMIN-${code}`, message)
}
