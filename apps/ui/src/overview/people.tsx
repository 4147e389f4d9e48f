// People by status, as one divided bar and a table of the same numbers, and the total.
import { Stack } from '@atlaskit/primitives/compiled'
import { Card } from '../parts/card'
import { Empty } from '../parts/empty'
import { formatNumber, formatShare } from '../parts/format'
import { messages } from '../messages'
import { Metric } from '../parts/metric'
import type { PeopleData } from './overview-data'
import styles from './people.module.css'
import tableStyles from '../parts/table.module.css'

const text = messages.people
const groups = ['active', 'suspended', 'deactivated', 'other'] as const

export function People({ people }: { readonly people: PeopleData | null }) {
  return (
    <Card title={text.title} testId="people" span="narrow">
      {people ? <Counts people={people} /> : <Empty>{text.empty}</Empty>}
    </Card>
  )
}

function Counts({ people }: { readonly people: PeopleData }) {
  return (
    <Stack space="space.200">
      <Metric value={people.total} label={text.total(people.total)} />
      <div className={styles['bar']} aria-hidden="true">
        {groups.map((group) => (
          <span
            key={group}
            className={styles[group]}
            style={{ flexGrow: people[group] }}
            hidden={people[group] === 0}
          />
        ))}
      </div>
      <table className={tableStyles['plain']}>
        <caption>{text.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{text.status}</th>
            <th scope="col">{text.count}</th>
            <th scope="col">{text.share}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group}>
              <th scope="row">
                <span className={`${styles['dot']} ${styles[group]}`} aria-hidden="true" />
                {text.groups[group]}
              </th>
              <td>{formatNumber(people[group])}</td>
              <td>{formatShare(people[group], people.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Stack>
  )
}
