import { durationText } from '../model/duration-text.js'
import { durationWords, parseDuration } from '../model/time.js'
import { undetermined, type Condition } from './condition.js'
import { inactiveSince } from './inactivity.js'

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
    const age = parseDuration(value)
    if (age === undefined) return undetermined({ code: 'condition-unreadable', value })
    const limit = context.now - age
    return inactiveSince(account, limit, context, { condition: 'inactive-for', value })
  },
  describe: (value) => `inactive for ${durationWords(value)} or more`,
  describeUnmet: (value) => `not inactive for ${durationWords(value)}`,
  inactivity: (value) => parseDuration(value),
}
