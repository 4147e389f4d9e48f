// Admins and service accounts: always protected, without an entry that somebody could remove.
import type { AutomaticProtections } from '@rollcall/api'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { Pager, usePages } from '../parts/pager'
import { UserName } from '../parts/user-name'
import { SearchField } from '../parts/search-field'
import { useOperation } from '../parts/use-operation'

const text = messages.protections

const columns: readonly Column<AutomaticProtections['accounts'][number]>[] = [
  { key: 'person', title: messages.plans.user, names: true, cell: (person) => <UserName {...person} /> },
  { key: 'because', title: text.reason, cell: ({ because }) => <bdi className={layout['wrap']}>{because}</bdi> },
]

export function AlwaysProtected() {
  const [search, setSearch] = useState('')
  const pages = usePages(search)
  const filter = { search: search === '' ? undefined : search, after: pages.after }
  const query = useOperation('automaticProtections', { query: filter }, { keep: true })
  return (
    <Card title={text.automatic} testId="automatic" span="full">
      <Stack space="space.150">
        <SearchField label={text.searchAutomatic} value={search} onChange={setSearch} />
        <Fetched query={query} loading={text.loadingAutomatic}>
          {({ total, accounts, next }) => (
            <Stack space="space.150">
              <Text as="p">{text.automaticIntro(formatNumber(total), total)}</Text>
              {accounts.length === 0 ? (
                <Empty>{search === '' ? text.noneAutomatic : messages.noMatch}</Empty>
              ) : (
                <DataTable
                  caption={text.automatic}
                  columns={columns}
                  rows={accounts}
                  busy={query.isPlaceholderData}
                  keyOf={({ accountId }) => accountId}
                />
              )}
              <Pager pages={pages} next={next} label={text.automaticPages} />
            </Stack>
          )}
        </Fetched>
      </Stack>
    </Card>
  )
}
