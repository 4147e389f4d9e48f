import { parseInstant } from '../model/time.js'
import { undetermined, verdict, type Condition } from './condition.js'
import { clocksDiffer } from './inactivity.js'
import { dateText } from './last-active-before.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'added-before': string
  }
}

export const addedBefore: Condition<'added-before'> = {
  meaning: 'Matches accounts that were added to the organization before a date (UTC).',
  takes: 'A date such as `2024-01-01`, or an instant with its zone.',
  example: '{ added-before: 2024-01-01 }',
  schema: dateText,
  test(account, value, { now }) {
    if (account.addedAt === undefined) return undetermined({ code: 'added-date-unknown' })
    if (account.addedAt > now + clocksDiffer) return undetermined({ code: 'added-date-in-future' })
    const is = account.addedAt < (parseInstant(value) ?? -Infinity)
    return verdict(is, `added before ${value}`, { condition: 'added-before', value })
  },
  describe: (value) => `added before ${value}`,
  describeUnmet: (value) => `not added before ${value}`,
}
