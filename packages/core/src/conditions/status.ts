import { z } from 'zod'
import { undetermined, verdict, type Condition } from './condition.js'
import { statusOf } from '../model/account.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    status: 'active' | 'suspended' | 'deactivated'
  }
}

export const status: Condition<'status'> = {
  meaning: 'Matches accounts by their status in the organization.',
  takes: '`active`, `suspended` or `deactivated`.',
  example: '{ status: active }',
  schema: z.enum(['active', 'suspended', 'deactivated']),
  test(account, value) {
    const is = statusOf(account)
    if (is === 'unknown') return undetermined({ code: 'status-unknown' })
    return verdict(is === value, `status ${value}`, { condition: 'status', value })
  },
  describe: (value) => `status ${value}`,
  describeUnmet: (value) => `status is not ${value}`,
}
