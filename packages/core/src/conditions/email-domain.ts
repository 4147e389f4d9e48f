import { boundedText } from '../model/input-bounds.js'
import { undetermined, verdict, type Condition } from './condition.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'email-domain': string
  }
}

export const emailDomain: Condition<'email-domain'> = {
  meaning: 'Matches accounts whose email address is in exactly this domain; subdomains do not count.',
  takes: 'A domain such as `example.com`.',
  example: '{ email-domain: example.com }',
  schema: boundedText('name').regex(/^[^@\s]+\.[^@\s]+$/, 'must be a domain such as example.com'),
  test(account, value) {
    if (account.email === '') return undetermined({ code: 'email-unknown' })
    const is = account.email.toLowerCase().endsWith(`@${value.toLowerCase()}`)
    return verdict(is, `email in ${value}`, { condition: 'email-domain', value })
  },
  describe: (value) => `email in ${value}`,
  describeUnmet: (value) => `email not in ${value}`,
  refersTo: (name) => ({ kind: 'domain', name }),
}
