// Seats per site and product: used, capacity and available. A missing number shows "unknown" and no bar.
import { placeName } from '@rollcall/core/product-name'
import Button from '@atlaskit/button/new'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import ProgressBar from '@atlaskit/progress-bar'
import { useState } from 'react'
import { Card } from '../parts/card'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { formatNumber } from '../parts/format'
import { messages } from '../messages'
import type { SeatData } from './overview-data'

const text = messages.seats
const rowsShown = 8

const columns: readonly Column<SeatData>[] = [
  {
    key: 'product',
    title: text.product,
    names: true,
    cell: ({ site, product }) => <Text weight="medium">{placeName(site, product)}</Text>,
  },
  { key: 'usage', title: text.usage, cell: (seat) => <Usage seat={seat} /> },
  { key: 'available', title: text.available, number: true, cell: ({ available }) => formatNumber(available) },
]

export function Seats({ seats }: { readonly seats: readonly SeatData[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? seats : seats.slice(0, rowsShown)
  return (
    <Card title={text.title} testId="seats" span="wide">
      {seats.length === 0 ? (
        <Empty>{text.empty}</Empty>
      ) : (
        <Stack space="space.100" alignInline="start">
          <DataTable
            caption={text.caption}
            columns={columns}
            rows={shown}
            keyOf={({ site, product }) => `${site} ${product}`}
          />
          {seats.length > rowsShown && (
            <Button appearance="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? text.fewer : text.all(formatNumber(seats.length))}
            </Button>
          )}
        </Stack>
      )}
    </Card>
  )
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
          ariaLabel={text.barLabel(placeName(site, product), shownUsed, shownCapacity)}
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
