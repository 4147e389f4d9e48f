// A signed checkpoint of the audit log.

import { z } from 'zod'

export const checkpoint = z
  .object({
    index: z.number(),
    hash: z.string(),
    at: z.number(),
    why: z.enum(['run', 'day', 'asked', 'pruned']),
    publicKey: z.string(),
    signature: z.string(),
  })
  .meta({ id: 'Checkpoint' })
