// How many accounts a policy would change and exclude now.

import { z } from 'zod'
import { excluded } from './excluded.js'
import type { ReadOnly } from './read-only.js'

export const policyTrial = z
  .object({
    asOf: z.string(),
    matched: z.number(),
    spared: excluded,
    population: z.number(),
    allowed: z.number().describe('Accounts that one run may change without an accepted refusal'),
  })
  .meta({ id: 'PolicyTrial' })
export type PolicyTrial = ReadOnly<z.output<typeof policyTrial>>
