// A run with its counts, and a page of runs.

import { remedies } from '@rollcall/core'
import { z } from 'zod'
import { counts } from './counts.js'
import type { ReadOnly } from './read-only.js'
import { refusal } from './refusal.js'
import { runStatus } from './run-status.js'

export const run = z
  .object({
    runId: z.string(),
    planId: z.string(),
    policy: z.string().nullable(),
    status: runStatus,
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    stopReason: z.string().nullable(),
    cancelledBy: z.string().nullable().describe('Who cancelled it'),
    remedy: z.enum(remedies).nullable().describe('What an admin can do about what stopped it'),
    undoOf: z.string().nullable().describe('The run that it undoes'),
    restUntil: z.string().nullable().describe('Until when its canary pause lasts'),
    refusals: z.array(refusal),
    total: z.number(),
    counts,
  })
  .meta({ id: 'Run' })
export type RunLine = ReadOnly<z.output<typeof run>>

export const runList = z.object({ runs: z.array(run), next: z.string().nullable() }).meta({ id: 'RunList' })
export type RunList = ReadOnly<z.output<typeof runList>>
