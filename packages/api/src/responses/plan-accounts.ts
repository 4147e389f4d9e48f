// A page of the accounts that a plan changes or excludes, each with its reason.

import { actionIds } from '@rollcall/core'
import { z } from 'zod'
import { exclusionCode } from './excluded.js'
import type { ReadOnly } from './read-only.js'

const planAccount = z.object({
  accountId: z.string(),
  name: z.string(),
  email: z.string(),
  reason: z.string(),
  code: exclusionCode.nullable().describe('Why the plan excludes the account; null where it changes it'),
  action: z.enum(actionIds).nullable(),
  undo: z.string().nullable(),
  lastActive: z.string().nullable(),
})
export type PlanAccount = ReadOnly<z.output<typeof planAccount>>

export const planAccounts = z
  .object({
    people: z.array(planAccount),
    next: z.string().nullable(),
    listed: z.boolean().describe('False where a plan counts the excluded accounts only: the undo of a run'),
  })
  .meta({ id: 'PlanPeople' })
export type PlanAccounts = ReadOnly<z.output<typeof planAccounts>>
