import { z } from 'zod'
import { undetermined, verdict, type Condition } from './condition.js'

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
      ? undetermined({ code: 'claim-unknown' })
      : verdict(account.managed === value, value ? 'managed' : 'external', { condition: 'managed', value }),
  describe: (value) => (value ? 'managed' : 'not managed'),
  describeUnmet: (value) => (value ? 'external' : 'managed'),
}
