import { z } from 'zod'
import { operation } from '../../operation.js'
import { limits } from '../../responses/limits.js'

export const setLimits = operation({
  method: 'patch',
  path: '/limits',
  role: 'admin',
  summary: 'Set limits within their bounds; those that are not given stay',
  body: z.record(z.string(), z.number()),
  response: limits,
  handler: async ({ body }, { app, by }) => app.setLimits(body, by),
})
