import { z } from 'zod'
import { verdict, type Condition } from './condition.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'in-group': string
  }
}

export const inGroup: Condition<'in-group'> = {
  meaning: 'Matches members of a group, whatever the case of its name. The group has to exist.',
  takes: 'The name of a group.',
  example: '{ in-group: contractors }',
  schema: z.string().min(1),
  test(account, value) {
    const is = account.groups.some((group) => group.name.toLowerCase() === value.toLowerCase())
    return verdict(is, `in group ${value}`, { condition: 'in-group', value })
  },
  describe: (value) => `in group ${value}`,
  describeUnmet: (value) => `not in group ${value}`,
  groups: (value) => [value],
}
