// The registry of actions: one line each.

import { activateAccount } from './activate-account.js'
import { addToGroup } from './add-to-group.js'
import { deactivateAccount } from './deactivate-account.js'
import { grantProductAccess } from './grant-product-access.js'
import { removeFromGroup } from './remove-from-group.js'
import { restoreAccess } from './restore-access.js'
import { revokeProductAccess } from './revoke-product-access.js'
import { suspendAccess } from './suspend-access.js'
import type { Action } from './action.js'
import type { ActionId } from '../model/action-id.js'

export const actions: { readonly [Id in ActionId]: Action<Id> } = {
  'revoke-product-access': revokeProductAccess,
  'grant-product-access': grantProductAccess,
  'suspend-access': suspendAccess,
  'restore-access': restoreAccess,
  'deactivate-account': deactivateAccount,
  'activate-account': activateAccount,
  'remove-from-group': removeFromGroup,
  'add-to-group': addToGroup,
}

export type { Action, Obstacle } from './action.js'
export type { ActionId, ActionNeeds } from '../model/action-id.js'
export const actionIds = Object.keys(actions) as readonly ActionId[]
