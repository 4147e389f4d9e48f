// The shapes that operations answer, as the OpenAPI document shows them.

import { actionIds, refusalCauses, refusalCodes, remedies } from '@rollcall/core'
import { z } from 'zod'

const lastActive = z.union([
  z.object({ at: z.string() }),
  z.object({ never: z.literal(true), since: z.string() }),
  z.object({ unknown: z.string() }),
])
const counts = z.object({
  applied: z.number(),
  skipped: z.number(),
  failed: z.number(),
  unknown: z.number(),
  notAttempted: z.number(),
})
const figure = z.union([z.number(), z.string()]).nullable()

export const problem = z.object({ error: z.object({ code: z.string(), message: z.string() }) }).meta({ id: 'Problem' })

export const refusal = z
  .object({
    code: z.enum(refusalCodes),
    cause: z.enum(refusalCauses).optional(),
    message: z.string(),
    actual: figure,
    limit: figure,
    remedy: z.enum(remedies).optional(),
  })
  .meta({ id: 'Refusal' })

export const snapshot = z
  .object({
    snapshotId: z.string(),
    asOf: z.string(),
    accounts: z.number(),
    complete: z.boolean(),
    requests: z.number(),
    durationMs: z.number(),
  })
  .meta({ id: 'Snapshot' })

export const licenses = z
  .array(
    z.object({
      site: z.string(),
      product: z.string(),
      capacity: z.number().nullable(),
      used: z.number().nullable(),
      available: z.number().nullable(),
    }),
  )
  .meta({ id: 'Licenses' })

export const accounts = z
  .object({
    asOf: z.string(),
    total: z.number(),
    next: z.string().nullable(),
    accounts: z.array(
      z.object({
        accountId: z.string(),
        name: z.string(),
        email: z.string(),
        managed: z.boolean(),
        synced: z.boolean(),
        groups: z.array(z.string()),
        accountStatus: z.string(),
        membershipStatus: z.string(),
        protected: z.object({ by: z.string() }).nullable(),
        lastActive,
        products: z.array(z.object({ site: z.string(), product: z.string(), lastActive })),
      }),
    ),
  })
  .meta({ id: 'Accounts' })

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
        reason: z.string(),
        undo: z.string(),
        target: z.looseObject({}),
      }),
    ),
    spared: z.object({ total: z.number(), byReason: z.record(z.string(), z.number()) }),
    refusals: z.array(refusal),
    limits: z.record(z.string(), z.number()),
    seats: z.array(
      z.object({
        site: z.string(),
        product: z.string(),
        needed: z.number(),
        available: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: 'Plan' })

export const previewed = z
  .object({
    planId: z.string(),
    fingerprint: z.string(),
    accounts: z.number(),
    spared: z.number(),
    refusals: z.array(refusal),
  })
  .meta({ id: 'PreviewedPlan' })

export const run = z
  .object({
    runId: z.string(),
    planId: z.string(),
    policy: z.string().nullable(),
    status: z.string(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    stopReason: z.string().nullable(),
    remedy: z.enum(remedies).nullable().optional(),
    undoOf: z.string().nullable(),
    total: z.number(),
    restUntil: z.string().nullable(),
    refusals: z.array(refusal),
    counts,
  })
  .meta({ id: 'Run' })

export const waiting = z
  .object({
    planId: z.string(),
    policy: z.string().nullable(),
    status: z.string(),
    since: z.string(),
    accounts: z.number(),
    population: z.number(),
    fingerprint: z.string(),
    refusals: z.array(refusal),
  })
  .meta({ id: 'WaitingPlan' })

export const discarded = z.object({ planId: z.string(), status: z.string() }).meta({ id: 'DiscardedPlan' })

export const veto = z
  .object({
    accountId: z.string(),
    action: z.enum(actionIds),
    runId: z.string(),
    since: z.string(),
    until: z.string().nullable(),
    times: z.number(),
    name: z.string().describe('In the newest snapshot; empty where it is not known'),
  })
  .meta({ id: 'Veto' })

export const limits = z.record(z.string(), z.number()).meta({ id: 'Limits' })

export const result = z
  .object({ accountId: z.string(), action: z.enum(actionIds), state: z.string(), reason: z.string().nullable() })
  .meta({ id: 'Result' })

export const storedPolicy = z
  .object({ name: z.string(), enabled: z.boolean(), version: z.string(), policy: z.looseObject({}) })
  .meta({ id: 'Policy' })

export const protection = z
  .object({
    subject: z.string(),
    reason: z.string(),
    by: z.string(),
    addedAt: z.string(),
    until: z.string().nullable(),
  })
  .meta({ id: 'Protection' })

export const protectedSeveral = z
  .object({
    protected: z.number(),
    already: z.number().describe('of those: protected as long or longer before'),
    problems: z.array(z.object({ subject: z.string(), message: z.string() })),
  })
  .meta({ id: 'ProtectedSeveral' })

export const auditEntry = z
  .object({ index: z.number(), previous: z.string(), hash: z.string(), fact: z.looseObject({}) })
  .meta({ id: 'AuditEntry' })

export const checkpoint = z
  .object({
    index: z.number(),
    hash: z.string(),
    at: z.number(),
    why: z.string(),
    publicKey: z.string(),
    signature: z.string(),
  })
  .meta({ id: 'Checkpoint' })

export const verification = z
  .object({
    ok: z.boolean(),
    entries: z.number(),
    checkpoints: z.number().optional(),
    head: z.string().optional(),
    index: z.number().optional(),
    message: z.string().optional(),
  })
  .meta({ id: 'Verification' })

export const overview = z.looseObject({}).meta({ id: 'Overview' })
export const stopSwitch = z.object({ stopped: z.boolean() }).meta({ id: 'StopSwitch' })

export const forgotten = z
  .object({
    account: z.string(),
    entries: z.number().describe('Audit entries that lost what stood beside them'),
    chained: z.number().describe('Audit entries in which somebody typed the name or address: they stay'),
    protections: z.array(z.string()).describe('Entries of the protected list that still hold the name or address'),
    policies: z.array(z.string()),
    filters: z.array(z.string()),
  })
  .meta({ id: 'ErasedPerson' })

export const takenAsUsual = z
  .object({
    snapshotId: z.string(),
    asOf: z.string(),
    accounts: z.number(),
    quiet: z.number(),
    share: z.number().describe('The quiet ones, in percent'),
  })
  .meta({ id: 'AcceptedBaseline' })

export const restDays = z
  .object({ weekdays: z.array(z.string()), holidays: z.array(z.string()) })
  .meta({ id: 'NonWorkingDays' })

export const csvPage = z
  .object({ text: z.string(), rows: z.number(), next: z.union([z.string(), z.number()]).nullable() })
  .meta({ id: 'CsvPage' })
