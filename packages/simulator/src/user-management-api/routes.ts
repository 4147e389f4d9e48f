// Endpoints of the user management API, for managed accounts only.

import { cancelDeletion, disable, enable, privileges, requestDeletion } from './lifecycle.js'
import { readProfile, writeEmail, writeProfile } from './profile.js'
import { deleteToken } from './api-tokens.js'
import { listTokens } from './api-tokens.js'
import type { Route } from '../http/route.js'

const manage = '/users/{accountId}/manage'

export const managementRoutes: readonly Route[] = [
  ['GET', manage, 'manage', privileges],
  ['GET', `${manage}/profile`, 'manage', readProfile],
  ['PATCH', `${manage}/profile`, 'manage', writeProfile],
  ['PUT', `${manage}/email`, 'manage', writeEmail],
  ['POST', `${manage}/lifecycle/disable`, 'manage', disable],
  ['POST', `${manage}/lifecycle/enable`, 'manage', enable],
  ['POST', `${manage}/lifecycle/delete`, 'manage', requestDeletion],
  ['POST', `${manage}/lifecycle/cancel-delete`, 'manage', cancelDeletion],
  ['GET', `${manage}/api-tokens`, 'manage', listTokens],
  ['DELETE', `${manage}/api-tokens/{tokenId}`, 'manage', deleteToken],
]
