import { lookupText, UsageError } from '@rollcall/core'
import { z } from 'zod'
import { operation } from '../../operation.js'
import { acceptedBaseline } from '../../responses/accepted-baseline.js'

export const acceptBaseline = operation({
  method: 'post',
  path: '/usual',
  role: 'approver',
  summary: 'Accept the percentage of inactive accounts in the newest snapshot as the baseline',
  body: z.strictObject({
    snapshotId: lookupText('id').describe(
      'The snapshot that you checked; if there is a newer one, nothing is accepted',
    ),
  }),
  response: acceptedBaseline,
  async handler({ body: { snapshotId } }, { app, by }) {
    const accepted = await app.acceptBaseline(by, snapshotId)
    if (accepted === undefined) throw new UsageError('There is no complete snapshot yet. Sync first.')
    return accepted
  },
})
