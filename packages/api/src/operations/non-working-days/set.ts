import { boundedText, inputBounds } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { nonWorkingDays } from '../../responses/non-working-days.js'

export const setNonWorkingDays = operation({
  method: 'put',
  path: '/rest-days',
  role: 'admin',
  summary: 'Replace the non-working days',
  body: z.object({
    weekdays: z.array(boundedText('word')).max(inputBounds.list),
    holidays: z.array(boundedText('word')).max(inputBounds.list),
  }),
  response: nonWorkingDays,
  handler: async ({ body }, { app, by }) => app.setNonWorkingDays(body, by),
})
