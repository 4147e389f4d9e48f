import { operation } from '../../operation.js'
import { policyTrial } from '../../responses/policy-trial.js'
import { policyBody } from './body.js'

export const tryPolicy = operation({
  method: 'post',
  path: '/policies/trial',
  role: 'viewer',
  summary: 'Count the accounts that a policy would change now, without storing it',
  body: policyBody,
  response: policyTrial,
  long: true,
  handler: async ({ body }, { app }) => app.tryPolicy(body),
})
