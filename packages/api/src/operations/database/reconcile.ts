import { z } from 'zod'
import { operation } from '../../operation.js'

export const reconcile = operation({
  method: 'post',
  path: '/reconcile',
  role: 'admin',
  summary: 'Reconcile a restored database: sync and block earlier plans',
  response: z.object({ reconciled: z.boolean(), lost: z.number().nullable() }),
  long: true,
  async handler(_, { app, by, slice }) {
    const gap = await app.reconcile(by, slice)
    return { reconciled: gap !== undefined, lost: gap?.lost ?? null }
  },
})
