import { parseInstant } from '../model/time.js'
import { held, verdict, type Condition } from './condition.js'
import { clocksDiffer } from './inactivity.js'
import { dateText } from './last-active-before.js'

/** Matches who was added to the organization before the given date (UTC). */
export const addedBefore: Condition<string> = {
  schema: dateText,
  test(account, value, { now }) {
    if (account.addedAt === undefined) return held('the day the account was added is unknown')
    if (account.addedAt > now + clocksDiffer) return held('the account was added in the future')
    return verdict(
      account.addedAt < (parseInstant(value) ?? -Infinity),
      `added before ${value}`,
      `added after ${value}`,
    )
  },
  describe: (value) => `added before ${value}`,
}
