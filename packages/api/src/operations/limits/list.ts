import { aliasOf, operation } from '../../operation.js'
import { limits as bareLimits, listedLimits } from '../../responses/limits.js'

export const listLimits = operation({
  method: 'get',
  path: '/limits/list',
  role: 'viewer',
  summary: 'List the limits with their bounds, also where the stored ones cannot be read',
  response: listedLimits,
  handler: async (_, { app }) => app.listLimits(),
})

export const limits = aliasOf(listLimits, {
  path: '/limits',
  summary: 'Read the limits',
  response: bareLimits,
  handler: async (_, { app }) => app.limits(),
})
