import { z } from 'zod'
import { operation } from '../../operation.js'

export const reconcile = operation({
  method: 'post',
  path: '/reconcile',
  role: 'admin',
  summary: 'Continue with a database that was restored from a backup',
  response: z.object({ reconciled: z.boolean(), lost: z.number().nullable() }),
  long: true,
  async handler(_, { app, by, slice }) {
    const gap = await app.reconcile(by, slice)
    return { reconciled: gap !== undefined, lost: gap?.lost ?? null }
  },
})
