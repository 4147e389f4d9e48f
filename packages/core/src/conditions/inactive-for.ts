import { z } from 'zod'
import { day, parseDuration } from '../model/time.js'
import type { Condition } from './condition.js'
import { inactiveSince } from './inactivity.js'

/** Nobody is inactive after minutes: whoever writes 3m means months. */
export const durationText = z
  .string()
  .refine(
    (text) => (parseDuration(text) ?? 0) >= day,
    'must be a duration of at least one day, such as 90d or 12w; "m" stands for minutes',
  )

/** Matches who has not been active for the given time, never-active people included. */
export const inactiveFor: Condition<string> = {
  schema: durationText,
  test: (account, value, context) => inactiveSince(account, context.now - (parseDuration(value) ?? Infinity), context),
  describe: (value) => `inactive for ${value}`,
}
