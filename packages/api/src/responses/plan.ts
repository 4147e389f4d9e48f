// A plan in full, as `rollcall plan --json` prints it.

import { actionIds, limitNames, viewExcluded, type Plan, type Refusal } from '@rollcall/core'
import { z } from 'zod'
import { excluded } from './excluded.js'
import { refusal, refusalShape } from './refusal.js'
import { target } from './target.js'

export const seatsNeeded = z.object({
  site: z.string(),
  product: z.string(),
  needed: z.number(),
  available: z.number().nullable(),
})

/** About how many accounts Rollcall asked while it made the plan. */
export const asked = z
  .number()
  .nullable()
  .describe('How many of its accounts Atlassian was asked about while the plan was made; null where none needs it')

export const plan = z
  .object({
    planId: z.string(),
    fingerprint: z.string(),
    policy: z.string().nullable(),
    snapshotId: z.string(),
    organization: z.object({ id: z.string(), name: z.string() }),
    population: z.number(),
    actions: z.array(
      z.object({
        accountId: z.string(),
        action: z.enum(actionIds),
        target,
        reason: z.string(),
        undo: z.string(),
      }),
    ),
    spared: excluded,
    asked,
    refusals: z.array(refusal),
    limits: z.record(z.enum(limitNames), z.number()),
    seats: z.array(seatsNeeded),
  })
  .meta({ id: 'Plan' })

/** A plan with its current refusals. */
export interface JudgedPlan {
  readonly plan: Plan
  readonly refusals: readonly Refusal[]
}

/** A plan as `rollcall plan --json` prints it. */
export const planShape = ({ plan: made, refusals }: JudgedPlan) => ({
  planId: made.planId,
  fingerprint: made.fingerprint,
  policy: made.policy,
  snapshotId: made.snapshotId,
  organization: made.organization,
  population: made.population,
  actions: made.actions.map(({ accountId, action, target: aim, reason, undo }) => ({
    accountId,
    action,
    target: aim,
    reason,
    undo,
  })),
  spared: viewExcluded(made.excluded),
  asked: made.asked ?? null,
  refusals: refusals.map(refusalShape),
  limits: made.limits,
  seats: made.seats ?? [],
})
