import type { AutomaticQuery } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { automaticProtections as response } from '../../responses/automatic-protections.js'
import { pageQuery } from '../page-query.js'

export const automaticProtections = operation({
  method: 'get',
  path: '/protections/automatic',
  role: 'viewer',
  summary: 'List the accounts that are always protected, a page at a time',
  query: z.object(pageQuery),
  response,
  long: true,
  handler: async ({ query }, { app }) => app.automaticProtections(query as AutomaticQuery),
})
