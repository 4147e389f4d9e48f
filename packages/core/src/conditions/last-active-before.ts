import { z } from 'zod'
import { parseInstant } from '../model/time.js'
import { held, type Condition } from './condition.js'
import { clocksDiffer, inactiveSince } from './inactivity.js'

export const dateText = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, 'must be a date such as 2026-03-31 or an instant with its zone')

/** Matches who was last active before the given date (UTC). */
export const lastActiveBefore: Condition<string> = {
  schema: dateText,
  test(account, value, context) {
    const limit = parseInstant(value) ?? -Infinity
    if (limit > context.now + clocksDiffer) return held(`${value} lies in the future`)
    return inactiveSince(account, limit, context)
  },
  describe: (value) => `last active before ${value}`,
}
