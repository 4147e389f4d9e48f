// The outcome of one planned action.

import { actionIds, type Step } from '@rollcall/core'
import { z } from 'zod'

export const stepResult = z
  .object({ accountId: z.string(), action: z.enum(actionIds), state: z.string(), reason: z.string().nullable() })
  .meta({ id: 'Result' })

export const resultShape = ({ accountId, action, state, reason }: Step) => ({
  accountId,
  action,
  state,
  reason: reason ?? null,
})
