import { z } from 'zod'
import { held, verdict, type Condition } from './condition.js'

/** Matches accounts that the organization manages (true) or does not (false). */
export const managed: Condition<boolean> = {
  schema: z.boolean(),
  test: (account, value) =>
    account.claimUnknown === true
      ? held('Atlassian does not say whether the account is managed')
      : verdict(account.managed === value, value ? 'managed' : 'external', value ? 'external' : 'managed'),
  describe: (value) => (value ? 'managed' : 'not managed'),
}
