import { z } from 'zod'
import { wildcard } from '../model/wildcard.js'
import { held, verdict, type Condition } from './condition.js'

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
    if (account.email === '') return held('the e-mail address is unknown')
    return verdict(wildcard(value).test(account.email), `e-mail matches ${value}`, `e-mail does not match ${value}`)
  },
  describe: (value) => `e-mail matches ${value}`,
}
