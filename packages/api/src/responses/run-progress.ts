// The progress of a run: its rate, and what it waits for.

import { refusalCodes } from '@rollcall/core'
import { z } from 'zod'
import type { ReadOnly } from './read-only.js'
import { run } from './run.js'

const wait = z.object({
  kind: z
    .enum(['rest', 'throttled', 'turn', 'answer', 'silent', 'nobody'])
    .describe(
      'rest: canary pause; throttled: rate limit; turn: other runs go first; answer: a late response; silent: the worker does not respond; nobody: no worker',
    ),
  sentence: z.string(),
  until: z.string().nullable(),
})

export const runProgress = run
  .extend({
    perMinute: z.number().nullable(),
    secondsLeft: z.number().nullable(),
    waits: wait.nullable(),
    approvedBy: z.string(),
    accepted: z.array(z.enum(refusalCodes)),
  })
  .meta({ id: 'RunProgress' })
export type RunDetails = ReadOnly<z.output<typeof runProgress>>
