import { operation } from '../../operation.js'
import { attention as response, attentionShape } from '../../responses/attention.js'

export const attention = operation({
  method: 'get',
  path: '/attention',
  role: 'viewer',
  summary: 'List what an admin has to look at, the most urgent first',
  response,
  handler: async (_, { app }) => attentionShape(await app.attention(), app),
})
