import { operation } from '../../operation.js'
import { savedFilters as response } from '../../responses/saved-filters.js'

export const savedFilters = operation({
  method: 'get',
  path: '/filters',
  role: 'viewer',
  summary: 'List the saved filters of the account list',
  response,
  handler: async (_, { app }) => app.savedFilters(),
})
