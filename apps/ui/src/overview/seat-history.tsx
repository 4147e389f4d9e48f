// Seats in use over time: a line for each product and site over the newest syncs, and a table of the same numbers.
import { placeName } from '@rollcall/core/product-name'
import type { SeatHistory as History } from '@rollcall/api'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { formatMoment, formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { useOperation } from '../parts/use-operation'
import { linesOf, pathOf, type HistoryLine } from './seat-lines'
import styles from './seat-history.module.css'

const text = messages.seatHistory
const [width, height] = [300, 48]

export function SeatHistory() {
  const query = useOperation('seatHistory')
  return (
    <Card title={text.title} testId="seat-history" span="half">
      <Fetched query={query} loading={text.loading}>
        {(history) => (history.length < 2 ? <Empty>{text.tooFew}</Empty> : <Lines history={history} />)}
      </Fetched>
    </Card>
  )
}

function Lines({ history }: { readonly history: History }) {
  return (
    <ul className={layout['lines']}>
      {linesOf(history).map((line) => (
        <li key={`${line.site} ${line.product}`}>
          <Line line={line} />
        </li>
      ))}
    </ul>
  )
}

function Line({ line }: { readonly line: HistoryLine }) {
  const { site, product, points } = line
  const known = points.filter(({ used }) => used !== null)
  const [first, last] = [formatNumber(known[0]?.used ?? null), formatNumber(known.at(-1)?.used ?? null)]
  return (
    <Stack space="space.050">
      <Text>{text.line(placeName(site, product), first, last)}</Text>
      <svg className={styles['chart']} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path className={styles['line']} d={pathOf(line, width, height)} vectorEffect="non-scaling-stroke" />
      </svg>
      <details>
        <summary>{text.numbers}</summary>
        <ul className={layout['lines']}>
          {points.map(({ at, used }) => (
            <li key={at}>
              <time dateTime={at}>{formatMoment(at)}</time>: {formatNumber(used)}
            </li>
          ))}
        </ul>
      </details>
    </Stack>
  )
}
