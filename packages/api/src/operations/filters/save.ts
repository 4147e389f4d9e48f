import { boundedText } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { savedFilters } from '../../responses/saved-filters.js'

export const saveFilter = operation({
  method: 'put',
  path: '/filters',
  role: 'operator',
  summary: 'Save a filter of the account list under a name',
  body: z.strictObject({ name: boundedText('name'), filter: z.looseObject({}) }),
  response: savedFilters,
  handler: async ({ body }, { app, by }) => app.saveFilter(body, by),
})
