import { operation } from '../../operation.js'
import { keys as response } from '../../responses/keys.js'

export const keys = operation({
  method: 'get',
  path: '/keys',
  role: 'viewer',
  summary: 'Read when the API keys expire and what they can do',
  response,
  handler: async (_, { app }) => app.keys(),
})
