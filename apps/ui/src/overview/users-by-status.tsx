// Users by status, as one divided bar and a table of the same numbers, and the total.
import { Stack } from '@atlaskit/primitives/compiled'
import { Card } from '../parts/card'
import { Bar, Numbers } from '../parts/divided-bar'
import { Empty } from '../parts/empty'
import { messages } from '../messages'
import { Metric } from '../parts/metric'
import type { PeopleData } from './overview-data'

const text = messages.usersByStatus
const tones = { active: 'success', suspended: 'warning', deactivated: 'neutral', other: 'discovery' } as const
const groups = ['active', 'suspended', 'deactivated', 'other'] as const

export function UsersByStatus({ people }: { readonly people: PeopleData | null }) {
  return (
    <Card title={text.title} testId="people" span="narrow">
      {people ? <Counts people={people} /> : <Empty>{text.empty}</Empty>}
    </Card>
  )
}

function Counts({ people }: { readonly people: PeopleData }) {
  const parts = groups.map((name) => ({ name, label: text.groups[name], count: people[name], tone: tones[name] }))
  return (
    <Stack space="space.200">
      <Metric value={people.total} label={text.total(people.total)} />
      <Bar parts={parts} />
      <Numbers
        parts={parts}
        total={people.total}
        caption={text.caption}
        heads={{ part: text.status, count: text.count, percentage: text.percentage }}
      />
    </Stack>
  )
}
