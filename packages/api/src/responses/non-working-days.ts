// The non-working days of the organization, bare and as a screen lists them.

import { weekdays } from '@rollcall/core'
import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

export const nonWorkingDays = z
  .object({ weekdays: z.array(z.enum(weekdays)), holidays: z.array(z.string()) })
  .meta({ id: 'NonWorkingDays' })

export const listedNonWorkingDays = nonWorkingDays
  .extend({ unreadable: z.string().nullable().describe('Why the defaults are shown') })
  .meta({ id: 'ListedNonWorkingDays' })
export type ListedNonWorkingDays = ReadOnly<z.output<typeof listedNonWorkingDays>>
