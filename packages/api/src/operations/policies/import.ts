import { lookupText } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { policyOf } from '../../policy-document.js'
import { storedPolicy } from '../../responses/policy.js'
import { policyBody } from './body.js'

export const importPolicy = operation({
  method: 'post',
  path: '/policies',
  role: 'operator',
  summary: 'Store a policy; a new or changed one is disabled',
  query: z.object({
    basedOn: lookupText('id').optional().describe('The version that was edited, or "none" for a new policy'),
  }),
  body: policyBody,
  response: storedPolicy,
  status: 201,
  handler: async ({ query: { basedOn }, body }, { app, by }) =>
    app.importPolicy(policyOf(body), by, basedOn === 'none' ? null : basedOn),
})
