import { boundedText } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { confirmedPerson, confirmedShape } from '../../responses/confirmed-person.js'
import { id } from '../params.js'

export const confirmPerson = operation({
  method: 'put',
  path: '/protections/people/{id}',
  role: 'operator',
  summary: 'Say that an account which looks like a service account is a person',
  params: id,
  body: z.strictObject({ reason: boundedText('reason').optional() }),
  response: confirmedPerson,
  handler: async ({ params, body: { reason = 'no reason given' } }, { app, by }) =>
    confirmedShape(await app.confirmPerson(params.id, reason, by)),
})
