import { boundedText } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { erasedPerson } from '../../responses/erased-person.js'
import { id } from '../params.js'

export const forget = operation({
  method: 'delete',
  path: '/accounts/{id}/personal',
  role: 'admin',
  summary: 'Erase the name and email address of a person; the audit log keeps the account id',
  params: id,
  body: z.strictObject({ email: boundedText('email').optional().describe('An earlier address of the same account') }),
  response: erasedPerson,
  async handler({ params, body: { email } }, { app, by }) {
    const { entries, chained, protections, policies, filters } = await app.erasePerson(params.id, by, email)
    return { account: params.id, entries, chained, protections, policies, filters }
  },
})
