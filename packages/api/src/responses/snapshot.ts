// The snapshot of a sync.

import { z } from 'zod'

export const snapshot = z
  .object({
    snapshotId: z.string(),
    asOf: z.string(),
    accounts: z.number(),
    complete: z.boolean(),
    unreadableAccounts: z
      .number()
      .describe('Accounts of which Rollcall could not read a part, and which it therefore excludes'),
    requests: z.number(),
    durationMs: z.number(),
  })
  .meta({ id: 'Snapshot' })
