import type { PlanPageQuery } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { planPeople as response } from '../../responses/plan-people.js'
import { pageQuery } from '../page-query.js'
import { id } from '../params.js'

export const planPeople = operation({
  method: 'get',
  path: '/plans/{id}/people',
  role: 'viewer',
  summary: 'List the accounts that a plan changes (touched) or excludes (spared), with reasons',
  params: id,
  query: z.object({ part: z.enum(['touched', 'spared']), reason: z.string().optional(), ...pageQuery }),
  response,
  handler: async ({ params, query }, { app }) => app.planPage(params.id, query as PlanPageQuery),
})
