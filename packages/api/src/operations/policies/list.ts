import { z } from 'zod'
import { aliasOf, operation } from '../../operation.js'
import { policyCards as response } from '../../responses/policy-cards.js'
import { storedPolicy } from '../../responses/policy.js'

export const policyCards = operation({
  method: 'get',
  path: '/policies/cards',
  role: 'viewer',
  summary: 'List policies in words, each with its next occurrence and its newest run',
  response,
  handler: async (_, { app }) => app.policyCards(),
})

export const policies = aliasOf(policyCards, {
  path: '/policies',
  summary: 'List policies as they are stored',
  response: z.array(storedPolicy),
  handler: async (_, { app }) => app.policies(),
})
