// The outcomes of a run, counted.

import { z } from 'zod'

export const counts = z.object({
  applied: z.number(),
  skipped: z.number(),
  failed: z.number(),
  unknown: z.number(),
  notAttempted: z.number(),
})
