import { z } from 'zod'
import { verdict, type Condition } from './condition.js'

/** Matches members of the group, by name, whatever its case. */
export const inGroup: Condition<string> = {
  schema: z.string().min(1),
  test: (account, value) =>
    verdict(
      account.groups.some((group) => group.name.toLowerCase() === value.toLowerCase()),
      `in group ${value}`,
      `not in group ${value}`,
    ),
  describe: (value) => `in group ${value}`,
}
