import { boundedText } from '@rollcall/core'
import { z } from 'zod'
import { instantIn } from '../../dates.js'
import { operation } from '../../operation.js'
import { protection, protectionShape } from '../../responses/protection.js'
import { protectionBody } from './body.js'

export const protect = operation({
  method: 'put',
  path: '/protections',
  role: 'operator',
  summary: 'Protect an account, a group or an email pattern',
  body: z.strictObject({ subject: boundedText('email'), ...protectionBody }),
  response: protection,
  handler: async ({ body: { subject, reason, until, evenIfEmpty } }, { app, by }) =>
    protectionShape(await app.protect({ subject, reason, until: instantIn(until), evenIfEmpty }, by)),
})
