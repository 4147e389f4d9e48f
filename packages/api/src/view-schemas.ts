// The shapes of what a page shows, as the OpenAPI document shows them.

import { z } from 'zod'
import { auditEntry, run } from './schemas.js'

const strings = <Names extends string>(...names: readonly Names[]) =>
  Object.fromEntries(names.map((name) => [name, z.string()])) as Record<Names, z.ZodString>
const orNull = z.string().nullable()
const next = z.string().nullable()
const ofRun = z.object(strings('runId', 'status')).nullable()

export const person = z
  .object({
    asOf: z.string(),
    account: z.looseObject({}),
    addedAt: orNull,
    leftAlone: orNull,
    products: z.array(z.looseObject(strings('site', 'product'))),
    history: z.array(z.object({ ...strings('runId', 'action', 'what', 'state'), reason: orNull, at: orNull })),
  })
  .meta({ id: 'Person' })

export const savedFilters = z
  .array(z.object({ name: z.string(), filter: z.looseObject({}) }))
  .meta({ id: 'SavedFilters' })

const planLine = z.object({
  ...strings('planId', 'source', 'madeBy', 'createdAt'),
  policy: orNull,
  what: orNull,
  accounts: z.number(),
  population: z.number(),
  spared: z.number(),
  run: ofRun,
  refusals: z.array(z.object(strings('code', 'message'))),
})
export const planList = z
  .object({ waiting: z.array(planLine), others: z.array(planLine), next })
  .meta({ id: 'PlanList' })

export const runList = z.object({ runs: z.array(run), next }).meta({ id: 'RunList' })

export const planSummary = z
  .looseObject({
    ...strings('planId', 'fingerprint', 'source', 'madeBy', 'createdAt', 'runnableUntil'),
    policy: orNull,
    ...strings('snapshotId', 'snapshotAsOf'),
    accounts: z.number(),
    population: z.number(),
    run: z.object({ ...strings('runId', 'status'), left: z.number(), accepted: z.array(z.string()) }).nullable(),
    kinds: z.array(z.looseObject({ ...strings('action', 'what', 'undo'), accounts: z.number(), left: z.number() })),
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
        action: orNull,
        undo: orNull,
        lastActive: orNull,
      }),
    ),
    next,
    listed: z.boolean(),
  })
  .meta({ id: 'PlanPage' })

export const runProgress = z
  .looseObject({
    ...run.shape,
    perMinute: z.number().nullable(),
    secondsLeft: z.number().nullable(),
    waits: z.object({ ...strings('kind', 'sentence'), until: orNull }).nullable(),
  })
  .meta({ id: 'RunProgress' })

export const runPage = z
  .object({
    people: z.array(
      z.object({
        ...strings('accountId', 'name', 'email', 'what', 'planned', 'state'),
        reason: orNull,
        at: orNull,
      }),
    ),
    total: z.number(),
    next,
  })
  .meta({ id: 'RunPage' })

export const attention = z
  .array(
    z.looseObject({
      ...strings('kind', 'urgency', 'message'),
      planId: z.string().optional(),
      runId: z.string().optional(),
    }),
  )
  .meta({ id: 'Attention' })

const ofDays = z.object({ ago: z.number(), count: z.number() })
export const activity = z
  .object({
    ...strings('snapshotId', 'asOf'),
    people: z.number(),
    never: z.number(),
    unknown: z.number(),
    days: z.array(ofDays),
    neverFor: z.array(ofDays),
  })
  .meta({ id: 'Activity' })

export const seatHistory = z
  .array(
    z.object({
      at: z.string(),
      seats: z.array(z.object({ ...strings('site', 'product'), used: z.number().nullable() })),
    }),
  )
  .meta({ id: 'SeatHistory' })

export const syncProgress = z
  .object({ accounts: z.number(), expected: z.number(), ...strings('startedAt', 'movedAt') })
  .nullable()
  .meta({ id: 'SyncProgress' })

const says = z.object({ ...strings('what', 'who'), where: z.looseObject({}).nullable(), when: orNull })
export const policyCards = z
  .array(
    z.looseObject({
      ...strings('name', 'version', 'approval'),
      enabled: z.boolean(),
      previewed: z.boolean(),
      says,
      document: z.looseObject({}),
      next: orNull,
      timeZone: orNull,
      lastRun: run.nullable(),
    }),
  )
  .meta({ id: 'PolicyCards' })

export const review = z
  .object({
    problems: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })),
    review: z.object({ document: z.looseObject({}), says, next: z.array(z.string()), timeZone: orNull }).nullable(),
  })
  .meta({ id: 'PolicyReview' })

export const trial = z
  .object({
    asOf: z.string(),
    matched: z.number(),
    population: z.number(),
    allowed: z.number(),
    spared: z.object({ total: z.number(), byReason: z.record(z.string(), z.number()) }),
  })
  .meta({ id: 'PolicyTrial' })

export const listedLimits = z
  .object({
    limits: z.array(
      z.object({
        ...strings('name', 'what'),
        value: z.number(),
        usual: z.number(),
        least: z.number(),
        most: z.number(),
        whole: z.boolean(),
      }),
    ),
    unreadable: orNull.describe('Why the usual values are shown, and nothing runs until others are set'),
  })
  .meta({ id: 'ListedLimits' })

export const listedRestDays = z
  .object({ weekdays: z.array(z.string()), holidays: z.array(z.string()), unreadable: orNull })
  .meta({ id: 'ListedNonWorkingDays' })

export const keys = z
  .object({
    slots: z.array(
      z.object({
        ...strings('slot', 'what'),
        end: orNull,
        expires: orNull,
        daysLeft: z.number().nullable(),
        urgency: orNull,
        warning: orNull,
      }),
    ),
    checkedAt: orNull,
    found: z.array(z.object({ ...strings('ability', 'slot', 'what'), can: z.boolean().nullable(), why: orNull })),
  })
  .meta({ id: 'Keys' })

export const automatic = z
  .object({ total: z.number(), accounts: z.array(z.object(strings('accountId', 'name', 'email', 'because'))), next })
  .meta({ id: 'AutomaticProtections' })

export const protectionList = z
  .object({
    entries: z.array(z.object({ ...strings('subject', 'reason', 'by', 'addedAt'), name: orNull, until: orNull })),
    total: z.number(),
    next,
  })
  .meta({ id: 'ProtectionList' })

export const auditFound = z
  .object({ entries: z.array(auditEntry), next: z.number().nullable(), head: z.number() })
  .meta({ id: 'AuditFound' })
