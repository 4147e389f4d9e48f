// A page of accounts.

import { z } from 'zod'
import { account } from './account.js'
import type { ReadOnly } from './read-only.js'

export const accountListing = z
  .object({ asOf: z.string(), total: z.number(), next: z.string().nullable(), accounts: z.array(account) })
  .meta({ id: 'Accounts' })
export type AccountListing = ReadOnly<z.output<typeof accountListing>>
