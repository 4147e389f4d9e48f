import { z } from 'zod'
import { wildcard } from '../model/wildcard.js'
import { undetermined, verdict, type Condition } from './condition.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'email-matches': string
  }
}

export const emailMatches: Condition<'email-matches'> = {
  meaning: 'Matches accounts whose whole email address fits a pattern, whatever its case.',
  takes: 'A pattern in which `*` stands for any text.',
  example: "{ email-matches: 'test-*@example.com' }",
  schema: z.string().min(1),
  test(account, value) {
    if (account.email === '') return undetermined({ code: 'email-unknown' })
    const is = wildcard(value).test(account.email)
    return verdict(is, `email matches ${value}`, { condition: 'email-matches', value })
  },
  describe: (value) => `email matches ${value}`,
  describeUnmet: (value) => `email does not match ${value}`,
}
