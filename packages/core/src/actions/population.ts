// The accounts that an action is about, within a scope.

import type { ActionId } from '../model/action-id.js'
import type { Scope } from '../model/policy.js'
import { actions } from './index.js'

/** The accounts that the limits of an action are measured against: of one product, or of the whole organization. */
export const populationOf = ({ action, scope }: { readonly action: ActionId; readonly scope: Scope }): Scope =>
  actions[action].population === 'organization' ? 'organization' : scope
