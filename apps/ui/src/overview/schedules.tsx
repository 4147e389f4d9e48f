// Which cleanup policies run by themselves, how often, and when next, on the wall clock of the schedule's own time zone.
import DynamicTable from '@atlaskit/dynamic-table'
import Lozenge from '@atlaskit/lozenge'
import { Text } from '@atlaskit/primitives/compiled'
import { Card } from '../parts/card'
import { Empty } from '../parts/empty'
import { formatAge, formatInZone } from '../parts/format'
import { messages } from '../messages'
import type { ScheduleData } from './overview-data'
import styles from '../parts/table.module.css'

const text = messages.schedules

const head = {
  cells: [
    { key: 'policy', content: text.policy, width: 54 },
    { key: 'next', content: text.next, width: 46 },
  ],
}

export function Schedules({ schedules }: { readonly schedules: readonly ScheduleData[] }) {
  return (
    <Card title={text.title} testId="schedules" span="wide">
      {schedules.length === 0 ? (
        <Empty>{text.empty}</Empty>
      ) : (
        <div className={styles['framed']}>
          <DynamicTable caption={text.caption} head={head} rows={schedules.map(toRow)} isFixedSize />
        </div>
      )}
    </Card>
  )
}

function toRow(schedule: ScheduleData, index: number) {
  return {
    key: `${schedule.policy} ${index}`,
    cells: [
      { key: 'policy', content: <Policy schedule={schedule} /> },
      { key: 'next', content: <Next schedule={schedule} /> },
    ],
  }
}

function Policy({ schedule: { policy, description } }: { readonly schedule: ScheduleData }) {
  return (
    <span className={styles['lines']}>
      <Text weight="medium">{policy}</Text>
      <Text size="small" color="color.text.subtle">
        {description}
      </Text>
    </span>
  )
}

function Next({ schedule: { enabled, next, timeZone } }: { readonly schedule: ScheduleData }) {
  if (!enabled) return <Lozenge appearance="neutral">{text.paused}</Lozenge>
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
