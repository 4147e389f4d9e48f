import { boundedText } from '@rollcall/core'
import { z } from 'zod'
import { instantIn } from '../../dates.js'
import { operation } from '../../operation.js'
import { protectedSeveral } from '../../responses/protection.js'
import { protectionBody } from './body.js'

export const protectSeveral = operation({
  method: 'put',
  path: '/protections/several',
  role: 'operator',
  summary: 'Protect several accounts, and list those that could not be protected',
  body: z.strictObject({ subjects: z.array(boundedText('email')).min(1).max(200), ...protectionBody }),
  response: protectedSeveral,
  handler: async ({ body: { subjects, reason, until, evenIfEmpty } }, { app, by }) =>
    app.protectSeveral(subjects, { reason, until: instantIn(until), evenIfEmpty }, by),
})
