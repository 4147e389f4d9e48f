// The error of a failed request: a code for scripts, a sentence for people.

import { remedies } from '@rollcall/core'
import { z } from 'zod'

export const problem = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      remedy: z.enum(remedies).optional().describe('What the admin can do next'),
    }),
  })
  .meta({ id: 'Problem' })
