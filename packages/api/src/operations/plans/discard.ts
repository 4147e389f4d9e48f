import { z } from 'zod'
import { operation } from '../../operation.js'
import { runStatus } from '../../responses/run-status.js'
import { id } from '../params.js'

export const discard = operation({
  method: 'post',
  path: '/plans/{id}/discard',
  role: 'approver',
  summary: 'Discard a plan: it will never run',
  params: id,
  response: z.object({ planId: z.string(), status: runStatus }).meta({ id: 'DiscardedPlan' }),
  async handler({ params }, { app, by }) {
    const { planId, status } = await app.discard(params.id, by)
    return { planId, status }
  },
})
