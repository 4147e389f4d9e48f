import { z } from 'zod'
import { held, verdict, type Condition } from './condition.js'
import { statusOf } from '../model/account.js'

/** Matches by status: active, suspended or deactivated. */
export const status: Condition<'active' | 'suspended' | 'deactivated'> = {
  schema: z.enum(['active', 'suspended', 'deactivated']),
  test(account, value) {
    const is = statusOf(account)
    return is === 'unknown' ? held('status unknown') : verdict(is === value, `status ${value}`, `status ${is}`)
  },
  describe: (value) => `status ${value}`,
}
