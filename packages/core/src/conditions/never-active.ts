import { z } from 'zod'
import { lastActiveIn } from '../model/account.js'
import { parseDuration } from '../model/time.js'
import { noMatch, type Condition } from './condition.js'
import { durationText } from './inactive-for.js'
import { inactiveSince } from './inactivity.js'

/** Matches who was never active and was added longer ago than the given age. */
export const neverActive: Condition<{ age: string }> = {
  schema: z.union([durationText.transform((age) => ({ age })), z.strictObject({ age: durationText })]),
  test(account, { age }, context) {
    if (lastActiveIn(account, context.scope).kind === 'at') return noMatch('has been active')
    return inactiveSince(account, context.now - (parseDuration(age) ?? Infinity), context)
  },
  describe: ({ age }) => `never active, added more than ${age} ago`,
}
