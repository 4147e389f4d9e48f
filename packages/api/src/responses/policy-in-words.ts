// A policy in words: what it does, where, to which accounts, and when.

import { z } from 'zod'

export const policyInWords = z.object({
  what: z.string(),
  where: z.object({ site: z.string(), product: z.string() }).nullable(),
  who: z.string(),
  when: z.string().nullable(),
})
