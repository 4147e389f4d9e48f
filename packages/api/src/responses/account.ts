// An account, as lists show it.

import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

export const lastActive = z.union([
  z.object({ at: z.string() }),
  z.object({ never: z.literal(true), since: z.string() }),
  z.object({ unknown: z.string() }),
])
export type LastActiveView = ReadOnly<z.output<typeof lastActive>>

export const account = z
  .object({
    accountId: z.string(),
    name: z.string(),
    email: z.string(),
    managed: z.boolean(),
    synced: z.boolean(),
    groups: z.array(z.string()),
    accountStatus: z.string(),
    membershipStatus: z.string(),
    protected: z.object({ by: z.string() }).nullable(),
    lastActive,
    products: z.array(z.object({ site: z.string(), product: z.string(), lastActive })),
  })
  .meta({ id: 'Account' })
export type AccountView = ReadOnly<z.output<typeof account>>
