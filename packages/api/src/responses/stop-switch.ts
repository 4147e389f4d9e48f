// The stop switch: while it is on, no run changes anything.

import { z } from 'zod'

export const stopSwitch = z
  .object({
    stopped: z.boolean(),
    entryFollows: z
      .boolean()
      .optional()
      .describe('The stop is in force, and its audit entry follows: another process keeps the database locked.'),
  })
  .meta({ id: 'StopSwitch' })
