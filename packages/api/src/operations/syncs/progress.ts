import { operation } from '../../operation.js'
import { syncProgress as response } from '../../responses/sync-progress.js'

export const syncProgress = operation({
  method: 'get',
  path: '/sync',
  role: 'viewer',
  summary: 'Read how far the current sync is',
  response,
  handler: async (_, { app }) => app.syncProgress(),
})
