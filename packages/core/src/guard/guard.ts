// Guard: lists every reason why a plan must not run at this moment, each with the figure and the limit. An empty list
// means safe. Pure: the caller passes the context, and data that is missing refuses the plan wherever wrong data would.

import type { Plan } from '../model/plan.js'
import type { Refusal } from '../model/refusal.js'
import type { GuardContext } from './check.js'
import type { Moment } from './moment.js'
import { onlyRestores } from './only-restores.js'
import { causeOf, refusalNames, refusalTable } from './refusals.js'

/** Lists the refusals of a plan at a moment. */
export function guard(plan: Plan, guardContext: GuardContext, moment: Moment): readonly Refusal[] {
  const restoring = onlyRestores(plan)
  return refusalNames.flatMap((name) => {
    const { code, check, moments, exemptWhenOnlyRestoring } = refusalTable[name]
    if (!moments.includes(moment) || (restoring && exemptWhenOnlyRestoring.includes(moment))) return []
    const found = check(plan, guardContext)
    if (found === undefined) return []
    const cause = causeOf(name)
    return [{ code, ...(cause === undefined ? {} : { cause }), ...found }]
  })
}
