// The number of accounts of a run by outcome.

import { z } from 'zod'

export const counts = z.object({
  applied: z.number(),
  skipped: z.number(),
  failed: z.number(),
  unknown: z.number(),
  notAttempted: z.number(),
})
