import { z } from 'zod'
import { operation } from '../../operation.js'
import { id } from '../params.js'

export const unconfirmPerson = operation({
  method: 'delete',
  path: '/protections/people/{id}',
  role: 'operator',
  summary: 'Take back that an account is a person: it is protected again while it looks like a service account',
  params: id,
  response: z.object({ removed: z.string() }),
  async handler({ params }, { app, by }) {
    await app.unconfirmPerson(params.id, '', by)
    return { removed: params.id }
  },
})
