// Policy cards: each policy in words, with its next run and the result of its newest run.

import { z } from 'zod'
import { policyDocument } from './policy-document.js'
import { policyInWords } from './policy-in-words.js'
import type { ReadOnly } from './read-only.js'
import { run } from './run.js'

const policyCard = z.object({
  name: z.string(),
  enabled: z.boolean(),
  version: z.string(),
  says: policyInWords,
  approval: z.enum(['required', 'automatic']),
  document: policyDocument,
  previewed: z.boolean(),
  next: z.string().nullable(),
  timeZone: z.string().nullable(),
  lastRun: run.nullable(),
})
export type PolicyCard = ReadOnly<z.output<typeof policyCard>>

export const policyCards = z.array(policyCard).meta({ id: 'PolicyCards' })
