import { lookupText, type PlanQuery } from '@rollcall/core'
import { z } from 'zod'
import { aliasOf, operation } from '../../operation.js'
import { planList as response } from '../../responses/plan-list.js'
import { waitingPlan, waitingShape } from '../../responses/waiting-plan.js'

export const planList = operation({
  method: 'get',
  path: '/plans/list',
  role: 'viewer',
  summary: 'List all plans that need approval, and a page of the others, newest first',
  query: z.object({
    after: lookupText('cursor').optional(),
    // A plan may contain a thousand excluded accounts, so more plans would not fit into one response.
    limit: z.coerce.number().int().min(1).max(25).default(25),
  }),
  response,
  handler: async ({ query }, { app }) => app.planList(query as PlanQuery),
})

export const plans = aliasOf(planList, {
  path: '/plans',
  summary: 'List the plans that need approval',
  response: z.array(waitingPlan),
  handler: async (_, { app }) => (await app.waiting()).map(waitingShape),
})
