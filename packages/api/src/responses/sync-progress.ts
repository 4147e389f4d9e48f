// The progress of the current sync; null when there is none.

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
