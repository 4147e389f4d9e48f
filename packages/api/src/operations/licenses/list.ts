import { operation } from '../../operation.js'
import { licenses as response } from '../../responses/licenses.js'

export const licenses = operation({
  method: 'get',
  path: '/licenses',
  role: 'viewer',
  summary: 'List seats per site and product',
  response,
  handler: async (_, { app }) => app.licenses(),
})
