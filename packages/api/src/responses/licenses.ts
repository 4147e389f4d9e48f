// Seats per site and product, now and over time.

import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

export const licenses = z
  .array(
    z.object({
      site: z.string(),
      product: z.string(),
      capacity: z.number().nullable(),
      used: z.number().nullable(),
      available: z.number().nullable(),
      listed: z.number().optional(),
    }),
  )
  .meta({ id: 'Licenses' })
export type Licenses = ReadOnly<z.output<typeof licenses>>

export const seatHistory = z
  .array(
    z.object({
      at: z.string(),
      seats: z.array(z.object({ site: z.string(), product: z.string(), used: z.number().nullable() })),
    }),
  )
  .meta({ id: 'SeatHistory' })
export type SeatHistory = ReadOnly<z.output<typeof seatHistory>>
