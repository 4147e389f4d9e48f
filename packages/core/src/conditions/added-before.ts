import { parseInstant } from '../model/time.js'
import { undetermined, verdict, type Condition } from './condition.js'
import { joiningDoubt } from './joined.js'
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
    const doubt = joiningDoubt(account, now)
    if (doubt !== undefined) return undetermined(doubt)
    const limit = parseInstant(value)
    if (limit === undefined) return undetermined({ code: 'condition-unreadable', value })
    const is = (account.addedAt ?? Infinity) < limit
    return verdict(is, `added before ${value}`, { condition: 'added-before', value })
  },
  describe: (value) => `added before ${value}`,
  describeUnmet: (value) => `not added before ${value}`,
}
