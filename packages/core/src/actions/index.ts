// The actions by name. TypeScript reports an action without a line in the registry.

import type { Action } from './action.js'
import type { ActionId } from '../model/action-id.js'
import * as registry from './registry.js'

export const actions: { readonly [Id in keyof typeof registry]: Action<Id> } = registry
export const actionIds = Object.keys(actions).toSorted() as readonly ActionId[]

export type { Action, FailedPrecondition } from './action.js'
export type { ActionId, ActionNeeds } from '../model/action-id.js'
