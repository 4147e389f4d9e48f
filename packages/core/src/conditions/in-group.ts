import { boundedText } from '../model/input-bounds.js'
import { sameName } from '../model/same-name.js'
import { verdict, type Condition } from './condition.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'in-group': string
  }
}

export const inGroup: Condition<'in-group'> = {
  meaning:
    'Matches members of a group, whatever the case of its name. The group has to exist; the plan keeps its id, so a rename changes nothing.',
  takes: 'The name of a group.',
  example: '{ in-group: contractors }',
  schema: boundedText('name'),
  test(account, value, { groupIds }) {
    const ids = groupIds?.get(value)
    const is = account.groups.some(({ id, name }) => (ids === undefined ? sameName(name, value) : ids.has(id)))
    return verdict(is, `in group ${value}`, { condition: 'in-group', value })
  },
  describe: (value) => `in group ${value}`,
  describeUnmet: (value) => `not in group ${value}`,
  refersTo: (name) => ({ kind: 'group', name }),
}
