import { z } from 'zod'
import { day, durationWords, parseDuration } from '../model/time.js'
import type { Condition } from './condition.js'
import { inactiveSince } from './inactivity.js'

/** At least one day: "3m" means three minutes, but an admin who writes it means three months. */
export const durationText = z
  .string()
  .refine(
    (text) => (parseDuration(text) ?? 0) >= day,
    'must be a duration of at least one day, such as 90d or 12w; "m" stands for minutes',
  )

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'inactive-for': string
  }
}

export const inactiveFor: Condition<'inactive-for'> = {
  meaning:
    'Matches accounts that have been inactive for a time: on the product of the scope, or everywhere if the scope is the organization. Accounts that were never active count from the day they were added. Atlassian reports activity up to a day late, so Rollcall waits a day longer.',
  takes: 'A duration of at least one day, in days (`90d`), weeks (`12w`) or hours (`48h`).',
  example: '{ inactive-for: 90d }',
  schema: durationText,
  test(account, value, context) {
    const limit = context.now - (parseDuration(value) ?? Infinity)
    return inactiveSince(account, limit, context, { condition: 'inactive-for', value })
  },
  describe: (value) => `inactive for ${durationWords(value)} or more`,
  describeUnmet: (value) => `not inactive for ${durationWords(value)}`,
  inactivity: (value) => parseDuration(value),
}
