// The shapes of what a page shows, as the OpenAPI document shows them.

import { z } from 'zod'
import { run } from './schemas.js'

const strings = <Names extends string>(...names: readonly Names[]) =>
  Object.fromEntries(names.map((name) => [name, z.string()])) as Record<Names, z.ZodString>
const orNull = z.string().nullable()
const next = z.string().nullable()
const ofRun = z.object(strings('runId', 'status')).nullable()

export const person = z
  .object({
    ...{ asOf: z.string(), account: z.looseObject({}), addedAt: orNull, leftAlone: orNull },
    products: z.array(z.looseObject(strings('site', 'product'))),
    history: z.array(z.object({ ...strings('runId', 'action', 'what', 'state'), reason: orNull, at: orNull })),
  })
  .meta({ id: 'Person' })

const planLine = z.object({
  ...{ ...strings('planId', 'source', 'madeBy', 'createdAt'), policy: orNull, what: orNull },
  ...{ accounts: z.number(), population: z.number(), spared: z.number(), run: ofRun },
  refusals: z.array(z.object(strings('code', 'message'))),
})
export const planList = z.object({ waiting: z.array(planLine), others: z.array(planLine) }).meta({ id: 'PlanList' })

export const planSummary = z
  .looseObject({
    ...{ ...strings('planId', 'fingerprint', 'source', 'madeBy', 'createdAt', 'runnableUntil'), policy: orNull },
    ...{ accounts: z.number(), population: z.number(), run: ofRun },
    kinds: z.array(z.looseObject({ ...strings('action', 'what', 'undo'), accounts: z.number() })),
    spared: z.object({ total: z.number(), byReason: z.record(z.string(), z.number()) }),
    refusals: z.array(z.looseObject({ ...strings('code', 'message'), acceptable: z.boolean() })),
    frees: z.array(z.object({ ...strings('site', 'product'), seats: z.number() })),
  })
  .meta({ id: 'PlanSummary' })

export const planPage = z
  .object({
    people: z.array(
      z.object({
        ...strings('accountId', 'name', 'email', 'reason'),
        ...{ action: orNull, undo: orNull, lastActive: orNull },
      }),
    ),
    ...{ next, listed: z.boolean() },
  })
  .meta({ id: 'PlanPage' })

export const runProgress = z
  .looseObject({
    ...run.shape,
    ...{ perMinute: z.number().nullable(), secondsLeft: z.number().nullable(), waits: orNull },
  })
  .meta({ id: 'RunProgress' })

export const runPage = z
  .object({
    people: z.array(
      z.object({
        ...strings('accountId', 'name', 'email', 'what', 'planned', 'state'),
        ...{ reason: orNull, at: orNull },
      }),
    ),
    ...{ total: z.number(), next },
  })
  .meta({ id: 'RunPage' })
