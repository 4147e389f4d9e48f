// The limits of the organization, bare and as a screen lists them.

import { limitNames } from '@rollcall/core'
import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

export const limits = z.record(z.enum(limitNames), z.number()).meta({ id: 'Limits' })

const listedLimit = z.object({
  name: z.enum(limitNames),
  value: z.number(),
  usual: z.number().describe('The default'),
  least: z.number(),
  most: z.number(),
  whole: z.boolean(),
  what: z.string(),
})
export type ListedLimit = ReadOnly<z.output<typeof listedLimit>>

export const listedLimits = z
  .object({
    limits: z.array(listedLimit),
    unreadable: z.string().nullable().describe('Why the defaults are shown; no run starts until limits are set again'),
  })
  .meta({ id: 'ListedLimits' })
export type ListedLimits = ReadOnly<z.output<typeof listedLimits>>
