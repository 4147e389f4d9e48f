import { z } from 'zod'
import { held, verdict, type Condition } from './condition.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'email-domain': string
  }
}

export const emailDomain: Condition<'email-domain'> = {
  meaning: 'Matches accounts whose email address is in exactly this domain; subdomains do not count.',
  takes: 'A domain such as `example.com`.',
  example: '{ email-domain: example.com }',
  schema: z.string().regex(/^[^@\s]+\.[^@\s]+$/, 'must be a domain such as example.com'),
  test(account, value) {
    if (account.email === '') return held('the e-mail address is unknown')
    const is = account.email.toLowerCase().endsWith(`@${value.toLowerCase()}`)
    return verdict(is, `e-mail in ${value}`, `e-mail not in ${value}`)
  },
  describe: (value) => `e-mail in ${value}`,
}
