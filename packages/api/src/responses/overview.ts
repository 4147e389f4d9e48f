// The overview: the state of the organization on one screen. Times are ISO strings; null means that Rollcall does not know.

import { z } from 'zod'
import { licenses } from './licenses.js'
import { nonWorkingDays } from './non-working-days.js'
import type { ReadOnly } from './read-only.js'
import { listedRefusal } from './refusal.js'
import { run } from './run.js'
import { syncProgress } from './sync-progress.js'

export const overview = z
  .object({
    organization: z.object({ id: z.string(), name: z.string() }).nullable(),
    demo: z.boolean(),
    snapshot: z
      .object({
        id: z.string(),
        asOf: z.string(),
        complete: z.boolean(),
        accounts: z.number(),
        expected: z.number().nullable(),
      })
      .nullable(),
    roll: syncProgress,
    seats: licenses,
    people: z
      .object({
        active: z.number(),
        suspended: z.number(),
        deactivated: z.number(),
        other: z.number(),
        total: z.number(),
      })
      .nullable(),
    latestPlan: z
      .object({
        planId: z.string(),
        policy: z.string().nullable(),
        createdAt: z.string(),
        actions: z.number(),
        spared: z.number(),
        fingerprint: z.string(),
        refusals: z.array(listedRefusal),
      })
      .nullable(),
    latestRun: run.nullable(),
    schedules: z.array(
      z.object({
        policy: z.string(),
        enabled: z.boolean(),
        next: z.string().nullable(),
        timeZone: z.string(),
        description: z.string(),
      }),
    ),
    restDays: z.union([nonWorkingDays, z.object({ unreadable: z.string() })]),
    audit: z.object({ entries: z.number() }),
    stopped: z.boolean(),
    notices: z.array(z.string()).describe('What every screen shows, such as that a key expires soon'),
  })
  .meta({ id: 'Overview' })
export type OverviewData = ReadOnly<z.output<typeof overview>>
