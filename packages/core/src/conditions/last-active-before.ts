import { z } from 'zod'
import { parseInstant } from '../time.js'
import type { Condition } from './condition.js'
import { quietSince } from './inactivity.js'

export const dateText = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, 'must be a date such as 2026-03-31 or an instant with its zone')

/** Matches who was last active before the given date (UTC). */
export const lastActiveBefore: Condition<string> = {
  schema: dateText,
  test: (account, value, context) => quietSince(account, parseInstant(value) ?? -Infinity, context),
  describe: (value) => `last active before ${value}`,
}
