// A page of the accounts that are always protected: admins and service accounts.

import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

export const automaticProtections = z
  .object({
    total: z.number(),
    accounts: z.array(
      z.object({
        accountId: z.string(),
        name: z.string(),
        email: z.string(),
        because: z.string(),
        confirmable: z.boolean().describe('It looks like a service account; an admin can say that it is a person'),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'AutomaticProtections' })
export type AutomaticProtections = ReadOnly<z.output<typeof automaticProtections>>
