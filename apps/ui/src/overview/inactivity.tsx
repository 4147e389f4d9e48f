// Inactivity at a glance: one divided bar and its numbers, by thresholds that can be moved. The host has counted by days,
// so that moving them asks nobody.
import type { Activity } from '@rollcall/core'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { useId, useState } from 'react'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Fetched } from '../parts/fetched'
import { formatNumber, formatShare } from '../parts/format'
import layout from '../parts/layout.module.css'
import tableStyles from '../parts/table.module.css'
import { useAsked } from '../parts/use-asked'
import { hrefOf } from '../shell/route'
import { groupsOf, groupNames, type Thresholds } from './inactivity-groups'
import styles from './inactivity.module.css'

const text = messages.activity
const [usualQuiet, usualInactive] = [30, 90]
const longest = 365

export function Inactivity() {
  const query = useAsked('activity')
  return (
    <Card title={text.title} testId="inactivity" span="half">
      <Fetched query={query} loading={text.loading}>
        {(activity) => <Chart activity={activity} />}
      </Fetched>
    </Card>
  )
}

function Chart({ activity }: { readonly activity: Activity }) {
  const [quiet, setQuiet] = useState(usualQuiet)
  const [inactive, setInactive] = useState(usualInactive)
  const thresholds: Thresholds = { quiet, inactive: Math.max(quiet, inactive) }
  const counts = groupsOf(activity, thresholds)
  const [shownQuiet, shownInactive] = [formatNumber(thresholds.quiet), formatNumber(thresholds.inactive)]
  const spans = {
    active: text.span.active(shownQuiet),
    quiet: text.span.quiet(shownQuiet, shownInactive),
    inactive: text.span.inactive(shownInactive),
    never: '',
    unknown: '',
  }
  return (
    <Stack space="space.150">
      <Text as="p">{text.intro}</Text>
      <div className={styles['bar']} aria-hidden="true">
        {groupNames.map((group) => (
          <span
            key={group}
            className={styles[group]}
            style={{ flexGrow: counts[group] }}
            hidden={counts[group] === 0}
          />
        ))}
      </div>
      <Slider label={text.quietAfter(shownQuiet)} value={quiet} onChange={setQuiet} />
      <Slider label={text.inactiveAfter(shownInactive)} value={thresholds.inactive} onChange={setInactive} />
      <table className={tableStyles['plain']}>
        <caption>{text.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{text.group}</th>
            <th scope="col">{text.people}</th>
            <th scope="col">{text.share}</th>
          </tr>
        </thead>
        <tbody>
          {groupNames.map((group) => (
            <tr key={group}>
              <th scope="row">
                <span className={`${styles['dot']} ${styles[group]}`} aria-hidden="true" />
                {text.groups[group]} {spans[group]}
              </th>
              <td>{formatNumber(counts[group])}</td>
              <td>{formatShare(counts[group], activity.people)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <a
        className={layout['link']}
        href={hrefOf('org-users', undefined, {
          ...{ managed: 'any', status: 'active', inactiveFor: `${thresholds.inactive}d`, sort: 'lastActive' },
        })}
      >
        {text.show}
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
