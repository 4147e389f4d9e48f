import { z } from 'zod'
import { wildcard } from '../model/wildcard.js'
import { held, verdict, type Condition } from './condition.js'

/** Matches addresses by a pattern in which `*` stands for anything. */
export const emailMatches: Condition<string> = {
  schema: z.string().min(1),
  test(account, value) {
    if (account.email === '') return held('the e-mail address is unknown')
    return verdict(wildcard(value).test(account.email), `e-mail matches ${value}`, `e-mail does not match ${value}`)
  },
  describe: (value) => `e-mail matches ${value}`,
}
