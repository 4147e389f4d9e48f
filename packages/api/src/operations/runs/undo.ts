import { aliasOf, operation } from '../../operation.js'
import { planHead, planHeadShape } from '../../responses/plan-head.js'
import { plan, planShape } from '../../responses/plan.js'
import { id } from '../params.js'

export const previewUndo = operation({
  method: 'post',
  path: '/runs/{id}/undo/preview',
  role: 'approver',
  summary: 'Make the plan that undoes a run, and return it in short',
  params: id,
  response: planHead,
  status: 201,
  long: true,
  handler: async ({ params }, { app, by }) => planHeadShape(await app.planUndo(params.id, by)),
})

export const undo = aliasOf(previewUndo, {
  path: '/runs/{id}/undo',
  summary: 'Make the plan that undoes a run, and return every action',
  params: id,
  response: plan,
  status: 201,
  long: true,
  handler: async ({ params }, { app, by }) => planShape(await app.planUndo(params.id, by)),
})
