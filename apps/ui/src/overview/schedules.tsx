// The policies with a schedule, how often each runs, and its next run, in the time zone of the schedule.
import Lozenge from '@atlaskit/lozenge'
import { Text } from '@atlaskit/primitives/compiled'
import { Card } from '../parts/card'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { formatAge, formatInZone } from '../parts/format'
import { messages } from '../messages'
import type { ScheduleData } from './overview-data'
import styles from '../parts/table.module.css'

const text = messages.schedules

const columns: readonly Column<ScheduleData>[] = [
  { key: 'policy', title: text.policy, names: true, cell: (schedule) => <Policy schedule={schedule} /> },
  { key: 'next', title: text.next, cell: (schedule) => <Next schedule={schedule} /> },
]

export function Schedules({ schedules }: { readonly schedules: readonly ScheduleData[] }) {
  return (
    <Card title={text.title} testId="schedules" span="wide">
      {schedules.length === 0 ? (
        <Empty>{text.empty}</Empty>
      ) : (
        <DataTable caption={text.caption} columns={columns} rows={schedules} keyOf={({ policy }) => policy} />
      )}
    </Card>
  )
}

function Policy({ schedule: { policy, description } }: { readonly schedule: ScheduleData }) {
  return (
    <span className={styles['lines']}>
      <Text weight="medium">{policy}</Text>
      <Text size="small" color="color.text.subtle">
        {messages.policies.scheduled(description)}
      </Text>
    </span>
  )
}

function Next({ schedule: { enabled, next, timeZone } }: { readonly schedule: ScheduleData }) {
  if (!enabled) return <Lozenge appearance="neutral">{text.disabled}</Lozenge>
  if (next === null) return <Text color="color.text.subtle">{text.noNext}</Text>
  return (
    <span className={styles['lines']}>
      <time dateTime={next}>{formatInZone(next, timeZone)}</time>
      <Text size="small" color="color.text.subtle">
        {formatAge(next, Date.now())}, {timeZone}
      </Text>
    </span>
  )
}
