import { z } from 'zod'
import { lastActiveIn } from '../model/account.js'
import { durationText } from '../model/duration-text.js'
import { durationWords, parseDuration } from '../model/time.js'
import { noMatch, undetermined, type Condition } from './condition.js'
import { inactiveSince } from './inactivity.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'never-active': { readonly age: string }
  }
}

export const neverActive: Condition<'never-active'> = {
  meaning: 'Matches accounts that were never active and were added longer ago than the given age.',
  takes: 'A duration of at least one day, such as `30d`; `{ age: 30d }` means the same.',
  example: '{ never-active: 30d }',
  schema: z.union([durationText.transform((age) => ({ age })), z.strictObject({ age: durationText })]),
  test(account, { age }, context) {
    const leaf = { condition: 'never-active', value: { age } } as const
    if (lastActiveIn(account, context.scope).kind === 'at') return noMatch({ code: 'condition-not-met', ...leaf })
    const length = parseDuration(age)
    if (length === undefined) return undetermined({ code: 'condition-unreadable', value: age })
    return inactiveSince(account, context.now - length, context, leaf)
  },
  describe: ({ age }) => `never active, added more than ${durationWords(age)} ago`,
  describeUnmet: () => 'has been active',
  inactivity: ({ age }) => parseDuration(age),
}
