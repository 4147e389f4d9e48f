import { z } from 'zod'
import { held, verdict, type Condition } from './condition.js'
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
    return is === 'unknown' ? held('status unknown') : verdict(is === value, `status ${value}`, `status ${is}`)
  },
  describe: (value) => `status ${value}`,
}
