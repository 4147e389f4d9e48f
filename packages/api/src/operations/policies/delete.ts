import { z } from 'zod'
import { operation } from '../../operation.js'
import { name } from '../params.js'

export const deletePolicy = operation({
  method: 'delete',
  path: '/policies/{name}',
  role: 'operator',
  summary: 'Delete a policy',
  params: name,
  response: z.object({ deleted: z.string() }),
  async handler({ params }, { app, by }) {
    await app.deletePolicy(params.name, by)
    return { deleted: params.name }
  },
})
