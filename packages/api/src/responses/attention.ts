// The items that need an admin's attention, the most urgent first.

import { attentionKinds, remedies } from '@rollcall/core'
import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

const attentionItem = z.object({
  kind: z.enum(attentionKinds),
  urgency: z.enum(['urgent', 'warning', 'note']),
  message: z.string(),
  planId: z.string().optional(),
  runId: z.string().optional(),
  remedy: z.enum(remedies).optional().describe('What the admin can do next'),
})
export type Attention = ReadOnly<z.output<typeof attentionItem>>

export const attention = z.array(attentionItem).meta({ id: 'Attention' })
