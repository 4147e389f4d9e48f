import { aliasOf, operation } from '../../operation.js'
import { listedNonWorkingDays, nonWorkingDays } from '../../responses/non-working-days.js'

export const listNonWorkingDays = operation({
  method: 'get',
  path: '/rest-days/list',
  role: 'viewer',
  summary: 'List the non-working days, also where the stored ones cannot be read',
  response: listedNonWorkingDays,
  handler: async (_, { app }) => app.listNonWorkingDays(),
})

export const restDays = aliasOf(listNonWorkingDays, {
  path: '/rest-days',
  summary: 'Read the non-working days: no automatic run starts on them',
  response: nonWorkingDays,
  handler: async (_, { app }) => app.nonWorkingDays(),
})
