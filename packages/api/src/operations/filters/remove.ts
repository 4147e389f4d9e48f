import { lookupText } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { savedFilters } from '../../responses/saved-filters.js'

export const removeFilter = operation({
  method: 'delete',
  path: '/filters',
  role: 'operator',
  summary: 'Remove a saved filter',
  body: z.strictObject({ name: lookupText('name') }),
  response: savedFilters,
  handler: async ({ body }, { app, by }) => app.removeFilter(body.name, by),
})
