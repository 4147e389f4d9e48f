import { operation } from '../../operation.js'
import { policyReview } from '../../responses/policy-review.js'
import { policyBody } from './body.js'

export const reviewPolicy = operation({
  method: 'post',
  path: '/policies/review',
  role: 'viewer',
  summary: 'Check a policy without storing it: its problems, how it reads, when it would run',
  body: policyBody,
  response: policyReview,
  handler: async ({ body }, { app }) => app.reviewPolicy(body),
})
