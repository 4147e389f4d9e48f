// The conditions by name. A condition whose line is missing in the registry does not compile.

import type { Condition } from './condition.js'
import type { ConditionId } from '../model/condition-values.js'
import * as registry from './registry.js'

export const conditions: { readonly [Id in keyof typeof registry]: Condition<Id> } = registry
export const conditionIds = Object.keys(conditions).toSorted() as readonly ConditionId[]

export type { ConditionId } from '../model/condition-values.js'
export * from './condition.js'
