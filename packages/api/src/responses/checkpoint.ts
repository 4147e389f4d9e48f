// A signed checkpoint of the audit log.

import { checkpointReasons } from '@rollcall/core'
import { z } from 'zod'

export const checkpoint = z
  .object({
    index: z.number(),
    hash: z.string(),
    at: z.number(),
    why: z.enum(checkpointReasons),
    publicKey: z.string(),
    signature: z.string(),
  })
  .meta({ id: 'Checkpoint' })
