// The request for each change: one call, idempotent in effect.

import type { Change } from '@rollcall/core'
import type { ErrorBody } from './error-body.js'
import type { ApiRequest } from './request.js'

const part = encodeURIComponent

/** The request that makes a change; `v2` is the path of the organization. */
export function requestOf(change: Change, v2: string): Pick<ApiRequest, 'method' | 'path' | 'body'> {
  const account = part(change.accountId)
  switch (change.kind) {
    case 'suspend':
    case 'restore':
      return { method: 'POST', path: `${v2}/directories/${part(change.directoryId)}/users/${account}/${change.kind}` }
    case 'deactivate':
    case 'activate':
      return {
        method: 'POST',
        path: `/users/${account}/manage/lifecycle/${change.kind === 'deactivate' ? 'disable' : 'enable'}`,
        // Atlassian requires a body here, although every field of it is optional.
        ...(change.kind === 'deactivate' ? { body: {} } : {}),
      }
    case 'add-to-group':
    case 'remove-from-group': {
      const path = `${v2}/directories/${part(change.directoryId)}/groups/${part(change.groupId)}/memberships`
      return change.kind === 'add-to-group'
        ? { method: 'POST', path, body: { accountId: change.accountId } }
        : { method: 'DELETE', path: `${path}/${account}` }
    }
  }
}

/** Says whether a refusal means that the change is already in place. The read-back decides. */
export const isAlreadySo = ({ kind }: Change, status: number, { code }: ErrorBody): boolean =>
  kind === 'add-to-group'
    ? code === 'ADMIN-UAM-409-2'
    : kind === 'remove-from-group' && status === 404 && code.endsWith('404-1')
