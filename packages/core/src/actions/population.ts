// The population of an action: the accounts that its limits are measured against.

import type { ActionId } from '../model/action-id.js'
import type { Scope } from '../model/policy.js'
import { actions } from './index.js'

/** The scope of the population: one product, or the whole organization. */
export const populationOf = ({ action, scope }: { readonly action: ActionId; readonly scope: Scope }): Scope =>
  actions[action].population === 'organization' ? 'organization' : scope
