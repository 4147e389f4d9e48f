// A plan that only restores access locks nobody out.

import { actions } from '../actions/index.js'
import type { Plan } from '../model/plan.js'

/** An undo that only gives back passes whatever the readings are: it can lock nobody out. */
export const onlyRestores = ({ source, actions: planned }: Pick<Plan, 'source' | 'actions'>): boolean =>
  source === 'undo' && planned.every(({ action }) => !actions[action].removesAccess)
