import { operation } from '../../operation.js'
import { seatHistory as response } from '../../responses/licenses.js'

export const seatHistory = operation({
  method: 'get',
  path: '/licenses/history',
  role: 'viewer',
  summary: 'List used seats in the newest snapshots, oldest first',
  response,
  handler: async (_, { app }) => app.seatHistory(),
})
