import { z } from 'zod'
import { held, verdict, type Condition } from './condition.js'

/** Matches addresses of exactly this domain. */
export const emailDomain: Condition<string> = {
  schema: z.string().regex(/^[^@\s]+\.[^@\s]+$/, 'must be a domain such as example.com'),
  test(account, value) {
    if (account.email === '') return held('the e-mail address is unknown')
    const is = account.email.toLowerCase().endsWith(`@${value.toLowerCase()}`)
    return verdict(is, `e-mail in ${value}`, `e-mail not in ${value}`)
  },
  describe: (value) => `e-mail in ${value}`,
}
