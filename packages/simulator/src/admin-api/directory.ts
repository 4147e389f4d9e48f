// The directory that a path names, and the error for a user who is not in it.

import { type Call, refuse } from '../http/call.js'
import { applicationError } from '../http/responses.js'

export const unknownUser = applicationError(
  404,
  'ADMIN-UAM-404-1',
  'Unknown Resource',
  'One or more user not found in the directory',
)
/** Reads the directory of the path: one of the organization's, or `-` for all of them. */
export function directoryOf({ organization, params }: Call): string {
  const id = params['directoryId'] ?? '-'
  return id === '-' || organization.directories.some((one) => one.id === id)
    ? id
    : refuse(applicationError(404, 'ADMIN-404-1', 'Unknown resource', 'No such directory'))
}
