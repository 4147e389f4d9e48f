// Plans that only restore access. They can lock nobody out.

import { actions } from '../actions/index.js'
import type { Plan } from '../model/plan.js'

/** True for an undo that only restores access. Old or wrong data does not block it, since it can lock nobody out. */
export const onlyRestores = ({ source, actions: planned }: Pick<Plan, 'source' | 'actions'>): boolean =>
  source === 'undo' && planned.every(({ action }) => !actions[action].removesAccess)
