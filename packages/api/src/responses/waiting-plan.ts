// A plan that needs approval, with its refusals.

import { formatInstant, type PlanHead, type Run } from '@rollcall/core'
import { z } from 'zod'
import { refusal, refusalShape } from './refusal.js'

export const waitingPlan = z
  .object({
    planId: z.string(),
    policy: z.string().nullable(),
    status: z.string(),
    since: z.string(),
    accounts: z.number(),
    population: z.number(),
    fingerprint: z.string(),
    refusals: z.array(refusal),
  })
  .meta({ id: 'WaitingPlan' })

export const waitingShape = ({ run, plan }: { readonly run: Run; readonly plan: PlanHead }) => ({
  planId: plan.planId,
  policy: plan.policy,
  status: run.status,
  since: formatInstant(run.startedAt),
  accounts: plan.accounts,
  population: plan.population,
  fingerprint: plan.fingerprint,
  refusals: (run.refusals ?? []).map(refusalShape),
})
