import { inputBounds, lookupText } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { planHead, planHeadShape } from '../../responses/plan-head.js'
import { id } from '../params.js'

export const giveBackOfRun = operation({
  method: 'post',
  path: '/runs/{id}/give-back',
  role: 'approver',
  summary: 'Make the plan that gives back what a run took from some accounts',
  params: id,
  body: z.strictObject({ accounts: z.array(lookupText('id')).max(inputBounds.pickedInOneRequest) }),
  response: planHead,
  status: 201,
  long: true,
  handler: async ({ params, body }, { app, by }) =>
    planHeadShape(await app.planGiveBack({ runId: params.id, accounts: body.accounts }, by)),
})

export const giveBack = operation({
  method: 'post',
  path: '/accounts/{id}/give-back',
  role: 'approver',
  summary: 'Make the plan that gives back what Rollcall last took from an account',
  params: id,
  response: planHead,
  status: 201,
  long: true,
  handler: async ({ params }, { app, by }) => planHeadShape(await app.planGiveBack({ accounts: [params.id] }, by)),
})
