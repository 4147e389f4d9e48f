import { boundedText, inputBounds, lookupText, type ExcludeRequest } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { planHead, planHeadShape } from '../../responses/plan-head.js'
import { id } from '../params.js'

export const exclude = operation({
  method: 'post',
  path: '/plans/{id}/exclude',
  role: 'operator',
  summary: 'Exclude accounts from a plan: makes a new plan with its own fingerprint, and discards this one',
  params: id,
  body: z.strictObject({
    accounts: z.array(lookupText('id')).max(inputBounds.pickedInOneRequest),
    reason: boundedText('reason').optional(),
  }),
  response: planHead,
  status: 201,
  long: true,
  handler: async ({ params, body }, { app, by }) =>
    planHeadShape(await app.exclude(params.id, body as ExcludeRequest, by)),
})
