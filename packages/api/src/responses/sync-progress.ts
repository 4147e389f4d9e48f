// How far the sync is that goes on right now; null while none does.

import { z } from 'zod'

export const syncProgress = z
  .object({
    accounts: z.number(),
    expected: z.number(),
    startedAt: z.string(),
    movedAt: z.string().describe('When its newest part was stored'),
  })
  .nullable()
  .meta({ id: 'SyncProgress' })
