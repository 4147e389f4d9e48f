// The queries that search the audit log and read it in order.

import { boundedText, type AuditQuery } from '@rollcall/core'
import { z } from 'zod'
import { instantIn } from '../../dates.js'

const text = boundedText('search').optional()

export const searchQuery = z.object({
  subject: text,
  actor: text,
  event: text,
  action: text,
  outcome: text,
  runId: text,
  planId: text,
  policy: text,
  from: text,
  to: text,
  before: z.coerce.number().int().min(1).optional().describe('The "next" of the page before it'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const searchOf = ({ from, to, ...query }: z.output<typeof searchQuery>) =>
  ({ ...query, from: instantIn(from), to: instantIn(to) }) as AuditQuery

export const inOrderQuery = z.object({
  after: z.coerce.number().int().min(0).default(0).describe('The index of the last entry that you have'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})
