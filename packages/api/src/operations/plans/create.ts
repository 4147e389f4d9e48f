import {
  actionIds,
  boundedText,
  inputBounds,
  lookupText,
  type MatchingRequest,
  type PickedRequest,
} from '@rollcall/core'
import { z } from 'zod'
import { aliasOf, operation, type Caller } from '../../operation.js'
import { policyOf } from '../../policy-document.js'
import { planHead, planHeadShape } from '../../responses/plan-head.js'
import { plan as fullPlan, planShape } from '../../responses/plan.js'
import { policyBody } from '../policies/body.js'

const exclude = z
  .array(lookupText('id'))
  .max(inputBounds.pickedInOneRequest)
  .optional()
  .describe('Accounts to leave out of the plan')
const change = {
  action: z.enum(actionIds),
  site: boundedText('name').optional(),
  product: boundedText('name').optional(),
  group: boundedText('name').optional(),
  exclude,
}
const tooMany = `must be at most ${inputBounds.pickedInOneRequest} account ids; use a filter for more`
const body = z.union([
  z.strictObject({ policy: lookupText('name').describe('The name of a stored policy'), exclude }),
  z.strictObject({ document: policyBody, exclude }),
  z.strictObject({ ...change, accounts: z.array(lookupText('id')).max(inputBounds.pickedInOneRequest, tooMany) }),
  z.strictObject({ ...change, matching: z.looseObject({}).describe('A filter of the account list') }),
])

const planned = (request: z.output<typeof body>, { app, by, slice }: Caller) => {
  const asking = { slice }
  if ('policy' in request) return app.planStored(request.policy, by, request.exclude, asking)
  if ('document' in request) return app.planFile(policyOf(request.document), by, request.exclude, asking)
  if ('matching' in request) return app.planMatching(request as PickedRequest & MatchingRequest, by, asking)
  return app.planPicked(request as PickedRequest, by, asking)
}

export const preview = operation({
  method: 'post',
  path: '/plans/preview',
  role: 'operator',
  summary: 'Preview: make a plan, and return it in short. Nothing changes at Atlassian',
  body,
  response: planHead,
  status: 201,
  long: true,
  handler: async (request, caller) => planHeadShape(await planned(request.body, caller)),
})

export const plan = aliasOf(preview, {
  path: '/plans',
  summary: 'Preview: make a plan, and return every action. Nothing changes at Atlassian',
  body,
  response: fullPlan,
  status: 201,
  long: true,
  handler: async (request, caller) => planShape(await planned(request.body, caller)),
})
