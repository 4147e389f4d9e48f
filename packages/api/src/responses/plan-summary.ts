// A plan in figures: its actions, the number of accounts, the seats that it frees, and its current refusals.

import { actionIds, refusalCodes, remedies } from '@rollcall/core'
import { z } from 'zod'
import { excluded } from './excluded.js'
import { asked, seatsNeeded } from './plan.js'
import type { ReadOnly } from './read-only.js'
import { refusal } from './refusal.js'
import { runStatus } from './run-status.js'

export const planSummary = z
  .object({
    planId: z.string(),
    fingerprint: z.string(),
    policy: z.string().nullable(),
    source: z.enum(['policy', 'file', 'picked', 'undo']),
    scope: z.union([z.literal('organization'), z.object({ site: z.string(), product: z.string() })]),
    population: z.number(),
    populationKind: z.enum(['org-users', 'product-users']),
    madeBy: z.string(),
    scheduled: z.boolean(),
    undoOf: z.string().nullable(),
    createdAt: z.string(),
    runnableUntil: z.string(),
    snapshotId: z.string(),
    snapshotAsOf: z.string(),
    organization: z.object({ id: z.string(), name: z.string() }),
    conditions: z.string().nullable(),
    accounts: z.number(),
    kinds: z.array(
      z.object({
        action: z.enum(actionIds),
        what: z.string(),
        takes: z.boolean().describe('It removes access'),
        undo: z.string(),
        accounts: z.number(),
        left: z.number().describe('Accounts that its run has not reached yet'),
      }),
    ),
    spared: excluded,
    asked,
    notes: z.array(z.string()).describe('What Atlassian does not report, and what to do about it'),
    refusals: z.array(refusal.extend({ acceptable: z.boolean(), remedy: z.enum(remedies) })),
    frees: z.array(z.object({ site: z.string(), product: z.string(), seats: z.number() })),
    seats: z.array(seatsNeeded),
    run: z
      .object({
        runId: z.string(),
        status: runStatus,
        begun: z.boolean().describe('It has changed accounts, or is about to'),
        left: z.number(),
        accepted: z.array(z.enum(refusalCodes)),
      })
      .nullable(),
    verdict: z
      .object({
        decision: z.enum(['approved', 'discarded']),
        by: z.string(),
        at: z.string(),
        failed: z.array(z.object({ code: z.enum(refusalCodes), message: z.string() })),
        accepted: z.array(z.enum(refusalCodes)),
      })
      .nullable()
      .describe('How a closed plan was decided, with the checks that failed then; null while the decision is open'),
    decision: z
      .enum(['approve', 'resume'])
      .nullable()
      .describe('The decision that is open; null once nothing is left to decide'),
    mayApprove: z
      .boolean()
      .describe('Whether it can be approved or resumed now: it changes accounts, and every refusal can be accepted'),
    mayDiscard: z.boolean(),
  })
  .meta({ id: 'PlanSummary' })
export type PlanSummary = ReadOnly<z.output<typeof planSummary>>
export type PlanRefusal = PlanSummary['refusals'][number]
