// The head of a plan, without its accounts, because thousands would not fit into one response.

import { z } from 'zod'
import type { JudgedPlan } from './plan.js'
import { refusal, refusalShape } from './refusal.js'

export const planHead = z
  .object({
    planId: z.string(),
    fingerprint: z.string(),
    accounts: z.number(),
    spared: z.number(),
    refusals: z.array(refusal),
  })
  .meta({ id: 'PlanHead' })

export const planHeadShape = ({ plan, refusals }: JudgedPlan) => ({
  planId: plan.planId,
  fingerprint: plan.fingerprint,
  accounts: plan.actions.length,
  spared: plan.excluded.total,
  refusals: refusals.map(refusalShape),
})
