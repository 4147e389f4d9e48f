// The result of a verification of the audit log.

import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

export const verification = z
  .union([
    z.object({
      ok: z.literal(true),
      entries: z.number(),
      head: z.string(),
      checkpoints: z.number().optional(),
    }),
    z.object({ ok: z.literal(false), entries: z.number(), index: z.number(), message: z.string() }),
  ])
  .meta({ id: 'Verification' })
export type Verification = ReadOnly<z.output<typeof verification>>
