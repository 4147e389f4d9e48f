// A list of plans: those that need approval, and a page of all others.

import { z } from 'zod'
import { listedRefusal } from './refusal.js'
import { runStatus } from './run-status.js'
import type { ReadOnly } from './read-only.js'

const planLine = z.object({
  planId: z.string(),
  policy: z.string().nullable(),
  source: z.enum(['policy', 'file', 'picked', 'undo']),
  madeBy: z.string(),
  createdAt: z.string(),
  what: z.string().nullable(),
  accounts: z.number(),
  population: z.number(),
  spared: z.number(),
  run: z.object({ runId: z.string(), status: runStatus }).nullable(),
  refusals: z.array(listedRefusal),
})
export type ListedPlan = ReadOnly<z.output<typeof planLine>>

export const planList = z
  .object({ waiting: z.array(planLine), others: z.array(planLine), next: z.string().nullable() })
  .meta({ id: 'PlanList' })
export type PlanList = ReadOnly<z.output<typeof planList>>
