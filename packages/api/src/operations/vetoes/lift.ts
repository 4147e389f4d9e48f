import { z } from 'zod'
import { operation } from '../../operation.js'
import { id } from '../params.js'

export const liftVeto = operation({
  method: 'delete',
  path: '/vetoes/{id}',
  role: 'operator',
  summary: 'End the exemption of an account',
  params: id,
  response: z.object({ lifted: z.string() }),
  async handler({ params }, { app, by }) {
    await app.liftVeto(params.id, by)
    return { lifted: params.id }
  },
})
