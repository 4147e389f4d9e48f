import { boundedText } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { counts } from '../../responses/counts.js'
import { runStatus } from '../../responses/run-status.js'
import { id } from '../params.js'

export const cancel = operation({
  method: 'post',
  path: '/runs/{id}/cancel',
  role: 'approver',
  summary: 'Cancel a run: at most the request in flight ends, and nothing of the run goes on',
  params: id,
  body: z.strictObject({ reason: boundedText('reason').optional() }).default({}),
  response: z.object({ runId: z.string(), status: runStatus, counts }).meta({ id: 'CancelledRun' }),
  async handler({ params, body }, { app, by, wake }) {
    const { runId } = await app.cancel(params.id, by, body.reason)
    await wake()
    const { status, counts: results } = await app.runStatus(runId)
    return { runId, status, counts: results }
  },
})
