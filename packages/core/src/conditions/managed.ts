import { z } from 'zod'
import { held, verdict, type Condition } from './condition.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    managed: boolean
  }
}

export const managed: Condition<'managed'> = {
  meaning: 'Matches managed accounts (`true`), whose domain the organization has claimed, or external ones (`false`).',
  takes: '`true` or `false`.',
  example: '{ managed: true }',
  schema: z.boolean(),
  test: (account, value) =>
    account.claimUnknown === true
      ? held('Atlassian does not say whether the account is managed')
      : verdict(account.managed === value, value ? 'managed' : 'external', value ? 'external' : 'managed'),
  describe: (value) => (value ? 'managed' : 'not managed'),
}
