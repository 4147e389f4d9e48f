// How long ago accounts were last active, counted by whole days.

import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

const ofDays = z.object({ ago: z.number(), count: z.number() })

export const activity = z
  .object({
    snapshotId: z.string(),
    asOf: z.string(),
    people: z.number(),
    never: z.number(),
    unknown: z.number(),
    days: z.array(ofDays),
    neverFor: z.array(ofDays).describe('Accounts that were never active, by the days since they were added'),
  })
  .meta({ id: 'Activity' })
export type Activity = ReadOnly<z.output<typeof activity>>
