// The outcome of one planned action.

import { actionIds, type Step } from '@rollcall/core'
import { z } from 'zod'
import { exclusionCode } from './excluded.js'

export const stepResult = z
  .object({
    accountId: z.string(),
    action: z.enum(actionIds),
    state: z.string(),
    reason: z.string().nullable(),
    code: exclusionCode.nullable().describe('Why Rollcall skipped the account'),
  })
  .meta({ id: 'Result' })

export const resultShape = ({ accountId, action, state, reason, exclusion }: Step) => ({
  accountId,
  action,
  state,
  reason: reason ?? null,
  code: exclusion ?? null,
})
