// An account that is exempt because a person restored its access. Without an end it stays exempt until somebody ends it.

import { actionIds, formatInstant, type Veto } from '@rollcall/core'
import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

export const veto = z
  .object({
    accountId: z.string(),
    action: z.enum(actionIds),
    runId: z.string(),
    since: z.string(),
    until: z.string().nullable(),
    times: z.number(),
    name: z.string().describe('In the newest snapshot; empty where the account is not in it'),
  })
  .meta({ id: 'Veto' })
export type VetoData = ReadOnly<z.output<typeof veto>>

export const vetoShape = ({ accountId, action, runId, since, until, times }: Veto) => ({
  accountId,
  action,
  runId,
  since: formatInstant(since),
  until: until === undefined ? null : formatInstant(until),
  times,
})
