import { z } from 'zod'
import { parseDuration } from '../time.js'
import type { Condition } from './condition.js'
import { quietSince } from './inactivity.js'

export const durationText = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'must be a duration such as 90d, 12w or 24h')

/** Matches who has not been active for the given time, never-active people included. */
export const inactiveFor: Condition<string> = {
  schema: durationText,
  test: (account, value, context) => quietSince(account, context.now - (parseDuration(value) ?? Infinity), context),
  describe: (value) => `inactive for ${value}`,
}
