// The conditions by name. TypeScript reports a condition without a line in the registry.

import type { Condition } from './condition.js'
import type { ConditionId } from '../model/condition-values.js'
import * as registry from './registry.js'

export const conditions: { readonly [Id in keyof typeof registry]: Condition<Id> } = registry
export const conditionIds = Object.keys(conditions).toSorted() as readonly ConditionId[]

export type { ConditionId } from '../model/condition-values.js'
export * from './condition.js'
