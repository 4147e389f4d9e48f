// Seats per site and product: used, capacity and what is left. A missing number says "unknown" and draws no bar.
import DynamicTable from '@atlaskit/dynamic-table'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import ProgressBar from '@atlaskit/progress-bar'
import { Fragment } from 'react'
import { Card } from '../parts/card'
import { Empty } from '../parts/empty'
import { formatNumber } from '../parts/format'
import { messages } from '../messages'
import type { SeatData } from './overview-data'
import styles from '../parts/table.module.css'

const text = messages.seats
const rowsPerPage = 8

const head = {
  cells: [
    { key: 'product', content: text.product, width: 37 },
    { key: 'usage', content: text.usage, width: 36 },
    { key: 'available', content: <span className={styles['number']}>{text.available}</span>, width: 27 },
  ],
}

export function Seats({ seats }: { readonly seats: readonly SeatData[] }) {
  return (
    <Card title={text.title} testId="seats" span="wide">
      {seats.length === 0 ? (
        <Empty>{text.empty}</Empty>
      ) : (
        <div className={styles['framed']}>
          <DynamicTable
            caption={text.caption}
            head={head}
            rows={seats.map(toRow)}
            isFixedSize
            {...(seats.length > rowsPerPage ? { rowsPerPage } : {})}
            paginationi18n={{
              label: text.pages,
              next: text.nextPage,
              prev: text.previousPage,
              pageLabel: text.page,
            }}
          />
        </div>
      )}
    </Card>
  )
}

function toRow(seat: SeatData) {
  return {
    key: `${seat.site} ${seat.product}`,
    cells: [
      { key: 'product', content: <ProductAndSite seat={seat} /> },
      { key: 'usage', content: <Usage seat={seat} /> },
      { key: 'available', content: <span className={styles['number']}>{formatNumber(seat.available)}</span> },
    ],
  }
}

function ProductAndSite({ seat }: { readonly seat: SeatData }) {
  return (
    <span className={styles['lines']}>
      <Text weight="medium">{seat.product}</Text>
      <Text size="small" color="color.text.subtle">
        {breakable(seat.site)}
      </Text>
    </span>
  )
}

/** Lets a long host name wrap at its dots. */
function breakable(host: string) {
  return host.split('.').map((label, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {index > 0 && '.'}
      {label}
    </Fragment>
  ))
}

function Usage({ seat: { product, site, used, capacity } }: { readonly seat: SeatData }) {
  const shownUsed = formatNumber(used)
  const shownCapacity = formatNumber(capacity)
  return (
    <Stack space="space.075">
      <Text>{capacity === null ? text.usedOnly(shownUsed) : text.usedOf(shownUsed, shownCapacity)}</Text>
      {used !== null && capacity !== null && capacity > 0 && (
        <ProgressBar
          value={Math.min(used / capacity, 1)}
          ariaLabel={text.barLabel(product, site, shownUsed, shownCapacity)}
          testId="seat-usage"
        />
      )}
      {used !== null && capacity !== null && used > capacity && (
        <Text size="small" color="color.text.danger">
          {text.over(formatNumber(used - capacity))}
        </Text>
      )}
    </Stack>
  )
}
