import { operation } from '../../operation.js'
import { activity as response } from '../../responses/activity.js'

export const activity = operation({
  method: 'get',
  path: '/activity',
  role: 'viewer',
  summary: 'Count active accounts by the days since they were last active',
  response,
  long: true,
  handler: async (_, { app }) => app.activity(),
})
