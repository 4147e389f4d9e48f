import { inputBounds, lookupText, refusalCodes } from '@rollcall/core'
import { z } from 'zod'
import { operation, Refused } from '../../operation.js'
import { refusalShape } from '../../responses/refusal.js'
import { run } from '../../responses/run.js'
import { id } from '../params.js'

export const approve = operation({
  method: 'post',
  path: '/plans/{id}/approval',
  role: 'approver',
  needsLicense: true,
  summary: 'Approve a plan by its fingerprint; the worker executes it',
  params: id,
  body: z.strictObject({
    fingerprint: lookupText('id'),
    accepted: z.array(z.enum(refusalCodes)).max(inputBounds.list).default([]),
  }),
  response: run,
  status: 202,
  async handler({ params, body: { fingerprint, accepted } }, { app, by, wake }) {
    const approved = await app.approve({ planId: params.id, fingerprint, accepted }, by)
    if ('refusals' in approved) return new Refused(approved.refusals.map(refusalShape))
    await wake()
    return app.runStatus(approved.run.runId)
  },
})
