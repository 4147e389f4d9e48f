// An account that looks like a service account, and of which an admin said that it is a person.

import { formatInstant, type ConfirmedPerson } from '@rollcall/core'
import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

export const confirmedPerson = z
  .object({ accountId: z.string(), reason: z.string(), by: z.string(), at: z.string() })
  .meta({ id: 'ConfirmedPerson' })

export const namedPerson = confirmedPerson.extend({
  name: z.string().describe('In the newest snapshot; empty where the account is not in it'),
})
export type NamedPerson = ReadOnly<z.output<typeof namedPerson>>

export const confirmedShape = ({ accountId, reason, by, at }: ConfirmedPerson) => ({
  accountId,
  reason,
  by,
  at: formatInstant(at),
})
