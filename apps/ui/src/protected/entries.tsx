// The entries of the protected list: what each covers, why, by whom, until when.
import Button from '@atlaskit/button/new'
import { Stack } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import type { ProtectionData } from '../host/answers'
import { client } from '../host/client'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Failure } from '../parts/failure'
import { Fetched } from '../parts/fetched'
import { formatDay } from '../parts/format'
import layout from '../parts/layout.module.css'
import { SearchField } from '../parts/search-field'
import { useAct } from '../parts/use-act'
import { useAsked } from '../parts/use-asked'

const text = messages.protections
const everyMs = 15_000
const rowsShown = 200

const holds = ({ subject, reason, by }: ProtectionData, search: string): boolean =>
  `${subject} ${reason} ${by}`.toLowerCase().includes(search.toLowerCase())

export function Entries() {
  const [search, setSearch] = useState('')
  const query = useAsked('protections', {}, { every: everyMs })
  const remove = useAct((subject: string) => client.ask('unprotect', { body: { subject } }))
  return (
    <Card title={text.entries} testId="protections" span="full">
      <Fetched query={query} loading={text.loading}>
        {(all) => {
          const found = all.filter((entry) => holds(entry, search))
          if (all.length === 0) return <Empty>{text.none}</Empty>
          return (
            <Stack space="space.150">
              <SearchField label={text.search} value={search} onChange={setSearch} />
              {remove.error && <Failure title={text.notRemoved} message={remove.error.message} />}
              {found.length === 0 ? (
                <Empty>{messages.noMatch}</Empty>
              ) : (
                <DataTable
                  {...{ caption: text.entries, columns: columnsWith(remove), rows: found.slice(0, rowsShown) }}
                  keyOf={({ subject }) => subject}
                />
              )}
              {found.length > rowsShown && <Empty>{text.more(found.length - rowsShown)}</Empty>}
            </Stack>
          )
        }}
      </Fetched>
    </Card>
  )
}

interface Removing {
  readonly isPending: boolean
  readonly variables: string | undefined
  readonly mutate: (subject: string) => void
}

const columnsWith = (remove: Removing): readonly Column<ProtectionData>[] => [
  {
    key: 'subject',
    title: text.subject,
    names: true,
    cell: ({ subject }) => <bdi className={layout['wrap']}>{subject}</bdi>,
  },
  { key: 'reason', title: text.reason, cell: ({ reason }) => <bdi className={layout['wrap']}>{reason}</bdi> },
  { key: 'by', title: text.by, cell: ({ by }) => <bdi>{by}</bdi> },
  { key: 'added', title: text.added, cell: ({ addedAt }) => <Age at={addedAt} /> },
  { key: 'until', title: text.until, cell: ({ until }) => (until === null ? text.forGood : formatDay(until)) },
  {
    key: 'remove',
    title: text.action,
    cell: ({ subject }) => (
      <Button
        appearance="subtle"
        isLoading={remove.isPending && remove.variables === subject}
        onClick={() => remove.mutate(subject)}
      >
        {text.remove}
      </Button>
    ),
  },
]
