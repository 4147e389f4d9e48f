import { operation } from '../../operation.js'
import { attention as response } from '../../responses/attention.js'

export const attention = operation({
  method: 'get',
  path: '/attention',
  role: 'viewer',
  summary: 'List what an admin has to look at, the most urgent first',
  response,
  handler: async (_, { app }) => app.attention(),
})
