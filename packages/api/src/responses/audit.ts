// Audit entries, and a page of search results.

import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

const data = z.record(z.string(), z.unknown())
const fact = z.object({
  at: z.number().describe('Milliseconds since the epoch'),
  actor: z.string(),
  event: z.string(),
  runId: z.string().optional(),
  planId: z.string().optional(),
  subject: z.string().optional(),
  action: z.string().optional(),
  outcome: z.string().optional(),
  reason: z.string().optional(),
  details: data.optional(),
  personal: z.string().optional().describe('Salted digest of the personal data of this entry'),
})

export const auditEntry = z
  .object({
    index: z.number(),
    previous: z.string(),
    hash: z.string(),
    fact,
    personal: z
      .object({ salt: z.string(), data })
      .optional()
      .describe('Absent once it is erased; not part of the hash'),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = ReadOnly<z.output<typeof auditEntry>>

export const auditFound = z
  .object({ entries: z.array(auditEntry), next: z.number().nullable(), head: z.number() })
  .meta({ id: 'AuditFound' })
export type AuditFound = ReadOnly<z.output<typeof auditFound>>
