import { aliasOf, operation } from '../../operation.js'
import { plan, planShape } from '../../responses/plan.js'
import { planSummary as response } from '../../responses/plan-summary.js'
import { id } from '../params.js'

export const planSummary = operation({
  method: 'get',
  path: '/plans/{id}/summary',
  role: 'viewer',
  summary: 'Read a plan in figures, and its failed safety checks',
  params: id,
  response,
  handler: async ({ params }, { app }) => app.planSummary(params.id),
})

export const showPlan = aliasOf(planSummary, {
  path: '/plans/{id}',
  summary: 'Read a plan with every action, and its failed safety checks',
  params: id,
  response: plan,
  handler: async ({ params }, { app }) => planShape(await app.showPlan(params.id)),
})
