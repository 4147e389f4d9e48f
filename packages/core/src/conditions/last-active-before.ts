import { z } from 'zod'
import { isInFuture } from '../model/plausible-instant.js'
import { parseInstant } from '../model/time.js'
import { undetermined, type Condition } from './condition.js'
import { inactiveSince } from './inactivity.js'

export const dateText = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, 'must be a date such as 2026-03-31 or an instant with its zone')

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'last-active-before': string
  }
}

export const lastActiveBefore: Condition<'last-active-before'> = {
  meaning:
    'Matches accounts that were last active before a date (UTC), and accounts that were never active and were added before it.',
  takes: 'A date in the past such as `2026-03-31`, or an instant with its zone.',
  example: '{ last-active-before: 2026-03-31 }',
  schema: dateText,
  test(account, value, context) {
    const limit = parseInstant(value)
    if (limit === undefined) return undetermined({ code: 'condition-unreadable', value })
    if (isInFuture(limit, context.now)) return undetermined({ code: 'condition-date-in-future', date: value })
    return inactiveSince(account, limit, context, { condition: 'last-active-before', value })
  },
  describe: (value) => `last active before ${value}`,
  describeUnmet: (value) => `not last active before ${value}`,
  inactivity: (value, now) => now - (parseInstant(value) ?? now),
}
