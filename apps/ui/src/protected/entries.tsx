// The entries of the protected list, a page at a time: what each protects, its reason, who added it, and its end.
import type { ListedProtection } from '@rollcall/api'
import Button from '@atlaskit/button/new'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { formatDay, formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { Pager, usePages } from '../parts/pager'
import { SearchField } from '../parts/search-field'
import { useOperation } from '../parts/use-operation'
import { NamedSubject, nameOf } from './named-subject'
import { RemoveDialog } from './remove-dialog'

const text = messages.protections
const everyMs = 15_000

export function Entries() {
  const [search, setSearch] = useState('')
  const [removing, setRemoving] = useState<ListedProtection>()
  const pages = usePages(search)
  const filter = { search: search === '' ? undefined : search, after: pages.after }
  // A search may read the whole list, so it does not repeat.
  const query = useOperation('protectionList', { query: filter }, { keep: true, every: search === '' && everyMs })
  return (
    <Card title={text.entries} testId="protections" span="full">
      <Stack space="space.150">
        <SearchField label={text.search} value={search} onChange={setSearch} />
        <Fetched query={query} loading={text.loading}>
          {({ entries, next, total }) => (
            <Stack space="space.150">
              {total > 0 && <Text as="p">{text.entryCount(formatNumber(total), total)}</Text>}
              {entries.length === 0 ? (
                <Empty>{total === 0 ? text.none : messages.noMatch}</Empty>
              ) : (
                <DataTable
                  caption={text.entries}
                  columns={columnsWith(setRemoving)}
                  rows={entries}
                  busy={query.isPlaceholderData}
                  keyOf={({ subject }) => subject}
                />
              )}
              <Pager pages={pages} next={next} label={text.entryPages} />
            </Stack>
          )}
        </Fetched>
      </Stack>
      {removing && <RemoveDialog entry={removing} onClose={() => setRemoving(undefined)} />}
    </Card>
  )
}

/** How many users an entry covers now; red where it covers nobody, most likely because its name is mistyped. */
function Covers({ accounts }: { readonly accounts: number | null }) {
  if (accounts === null) return text.coversUnknown
  if (accounts > 0) return text.coversUsers(formatNumber(accounts), accounts)
  return <Text color="color.text.danger">{text.coversNobody}</Text>
}

const columnsWith = (remove: (entry: ListedProtection) => void): readonly Column<ListedProtection>[] => [
  { key: 'subject', title: text.subject, names: true, cell: (entry) => <NamedSubject {...entry} /> },
  { key: 'covers', title: text.covers, cell: ({ covers }) => <Covers accounts={covers} /> },
  { key: 'reason', title: text.reason, cell: ({ reason }) => <bdi className={layout['wrap']}>{reason}</bdi> },
  { key: 'by', title: text.by, cell: ({ by }) => <bdi>{by}</bdi> },
  { key: 'added', title: text.added, cell: ({ addedAt }) => <Age at={addedAt} /> },
  { key: 'until', title: text.until, cell: ({ until }) => (until === null ? text.noEnd : formatDay(until)) },
  {
    key: 'remove',
    title: text.action,
    cell: (entry) => (
      <Button appearance="subtle" aria-label={text.removeOf(nameOf(entry))} onClick={() => remove(entry)}>
        {text.remove}
      </Button>
    ),
  },
]
