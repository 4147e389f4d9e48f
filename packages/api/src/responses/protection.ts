// An entry of the protected list, and a page of them.

import { formatInstant, type Protection } from '@rollcall/core'
import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

export const protection = z
  .object({
    subject: z.string(),
    reason: z.string(),
    by: z.string(),
    addedAt: z.string(),
    until: z.string().nullable(),
  })
  .meta({ id: 'Protection' })

export const coveredProtection = protection.extend({
  covers: z
    .number()
    .nullable()
    .describe('How many accounts of the newest snapshot it covers; null before the first sync'),
})

const listedProtection = coveredProtection.extend({
  name: z.string().nullable().describe('Of an account, in the newest snapshot; null where it has none there'),
})
export type ListedProtection = ReadOnly<z.output<typeof listedProtection>>

export const protectionList = z
  .object({ entries: z.array(listedProtection), total: z.number(), next: z.string().nullable() })
  .meta({ id: 'ProtectionList' })
export type ProtectionList = ReadOnly<z.output<typeof protectionList>>

export const protectedSeveral = z
  .object({
    protected: z.number(),
    already: z.number().describe('Of those: accounts that an earlier entry protects as long or longer'),
    problems: z.array(z.object({ subject: z.string(), message: z.string() })),
  })
  .meta({ id: 'ProtectedSeveral' })

/** An entry of the protected list. */
export const protectionShape = ({ subject, reason, by, addedAt, until }: Protection) => ({
  subject,
  reason,
  by,
  addedAt: formatInstant(addedAt),
  until: until === undefined ? null : formatInstant(until),
})

/** An entry with the number of accounts that it covers. */
export const coveredShape = ({ covers, ...entry }: Protection & { readonly covers: number | null }) => ({
  ...protectionShape(entry),
  covers,
})
