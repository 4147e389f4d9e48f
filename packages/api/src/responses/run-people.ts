// A page of the accounts of a run, each with its outcome.

import { runBuckets } from '@rollcall/core'
import { z } from 'zod'
import { exclusionCode } from './excluded.js'
import type { ReadOnly } from './read-only.js'

const runPerson = z.object({
  accountId: z.string(),
  name: z.string(),
  email: z.string(),
  what: z.string(),
  planned: z.string().describe('Why the plan had this account'),
  state: z.enum(runBuckets),
  reason: z.string().nullable(),
  code: exclusionCode.nullable().describe('Why Rollcall skipped the account'),
  mayGiveBack: z.boolean().describe('It removed access, and nobody has given it back since'),
  at: z.string().nullable(),
})
export type RunPerson = ReadOnly<z.output<typeof runPerson>>

export const runPeople = z
  .object({ people: z.array(runPerson), total: z.number(), next: z.string().nullable() })
  .meta({ id: 'RunPeople' })
export type RunPage = ReadOnly<z.output<typeof runPeople>>
