// The snapshot of a sync.

import { z } from 'zod'

export const snapshot = z
  .object({
    snapshotId: z.string(),
    asOf: z.string(),
    accounts: z.number(),
    complete: z.boolean(),
    requests: z.number(),
    durationMs: z.number(),
  })
  .meta({ id: 'Snapshot' })
