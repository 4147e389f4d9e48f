// The API keys: when they expire, and what they can do. No response contains the keys themselves.

import { keyAbilities, keySlots, keyWarnings } from '@rollcall/core'
import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

const keysOf = <Name extends string>(table: Readonly<Record<Name, unknown>>) => z.enum(Object.keys(table) as Name[])
const slot = keysOf(keySlots)

export const keys = z
  .object({
    slots: z.array(
      z.object({
        slot,
        what: z.string(),
        end: z.string().nullable().describe('Its last characters'),
        expires: z.string().nullable(),
        daysLeft: z.number().nullable(),
        urgency: keysOf(keyWarnings).nullable(),
        warning: z.string().nullable(),
      }),
    ),
    checkedAt: z.string().nullable(),
    found: z.array(
      z.object({
        ability: keysOf(keyAbilities),
        slot,
        what: z.string(),
        can: z.boolean().nullable(),
        why: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Keys' })
export type KeysDescribed = ReadOnly<z.output<typeof keys>>
