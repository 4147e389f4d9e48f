import { operation } from '../../operation.js'
import { overview as response } from '../../responses/overview.js'

export const overview = operation({
  method: 'get',
  path: '/overview',
  role: 'viewer',
  summary: 'Read the overview: snapshot, seats, newest plan and run, schedules',
  response,
  handler: async (_, { app }) => app.overview(),
})
