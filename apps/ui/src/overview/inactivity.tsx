// Inactivity as one divided bar with its numbers. An admin moves the thresholds without a request: the server counts users
// by days once.
import type { Activity } from '@rollcall/api'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { useId, useState } from 'react'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Bar, Numbers, type Tone } from '../parts/divided-bar'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { useOperation } from '../parts/use-operation'
import { hrefOf } from '../shell/route'
import { groupsOf, groupNames, listedAs, type Thresholds } from './inactivity-groups'
import styles from './inactivity.module.css'

const text = messages.activity
const [initialLessActive, initialInactive] = [30, 90]
const longest = 365
const tones: Readonly<Record<(typeof groupNames)[number], Tone>> = {
  active: 'success',
  lessActive: 'warning',
  inactive: 'danger',
  never: 'discovery',
  newcomer: 'neutral',
  unknown: 'neutral',
}

export function Inactivity() {
  const query = useOperation('activity')
  return (
    <Card title={text.title} testId="inactivity" span="half">
      <Fetched query={query} loading={text.loading}>
        {(activity) => <Chart activity={activity} />}
      </Fetched>
    </Card>
  )
}

function Chart({ activity }: { readonly activity: Activity }) {
  const [lessActive, setLessActive] = useState(initialLessActive)
  const [inactive, setInactive] = useState(initialInactive)
  const thresholds: Thresholds = { lessActive, inactive: Math.max(lessActive, inactive) }
  const counts = groupsOf(activity, thresholds)
  const listed = listedAs(activity, thresholds.inactive)
  const [shownLessActive, shownInactive] = [formatNumber(thresholds.lessActive), formatNumber(thresholds.inactive)]
  const spans = {
    active: text.span.active(shownLessActive),
    lessActive: text.span.lessActive(shownLessActive, shownInactive),
    inactive: text.span.inactive(shownInactive),
    never: text.span.never(shownInactive),
    newcomer: text.span.newcomer(shownInactive),
    unknown: '',
  }
  const parts = groupNames.map((name) => ({
    name,
    label: `${text.groups[name]} ${spans[name]}`,
    count: counts[name],
    tone: tones[name],
  }))
  return (
    <Stack space="space.150">
      <Text as="p">{text.intro}</Text>
      <Bar parts={parts} tall />
      <Slider label={text.lessActiveAfter(shownLessActive)} value={lessActive} onChange={setLessActive} />
      <Slider label={text.inactiveAfter(shownInactive)} value={thresholds.inactive} onChange={setInactive} />
      <Numbers
        parts={parts}
        total={activity.people}
        caption={text.caption}
        heads={{ part: text.group, count: text.count, percentage: text.percentage }}
      />
      <a
        className={layout['link']}
        href={hrefOf('org-users', undefined, {
          status: 'active',
          inactiveFor: `${thresholds.inactive}d`,
          sort: 'lastActive',
        })}
      >
        {text.show(formatNumber(listed), listed, shownInactive)}
      </a>
    </Stack>
  )
}

interface SliderProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
}

function Slider({ label, value, onChange }: SliderProps) {
  const id = useId()
  return (
    <div className={styles['slider']}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={1}
        max={longest}
        value={value}
        onChange={({ target }) => onChange(Number(target.value))}
      />
    </div>
  )
}
