// The accounts that a plan excludes, counted by reason. The API calls them spared.

import { exclusionCodes } from '@rollcall/core'
import { z } from 'zod'

export const exclusionCode = z.enum(exclusionCodes)

export const excluded = z.object({
  total: z.number(),
  byReason: z.record(z.string(), z.number()).describe('The accounts of each reason, by its words'),
  reasons: z.array(z.object({ code: exclusionCode, text: z.string(), accounts: z.number() })),
})
