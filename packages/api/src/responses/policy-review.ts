// The review of a policy draft: its problems, or its description and the next runs.

import { z } from 'zod'
import { policyDocument } from './policy-document.js'
import { policyInWords } from './policy-in-words.js'
import type { ReadOnly } from './read-only.js'

export const policyReview = z
  .object({
    problems: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })),
    review: z
      .object({
        document: policyDocument,
        says: policyInWords,
        next: z.array(z.string()),
        timeZone: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'PolicyReview' })
export type PolicyReview = ReadOnly<z.output<typeof policyReview>>
