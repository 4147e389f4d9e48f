// Admins and service accounts: always protected, without an entry that somebody could remove.
import type { AutomaticProtections } from '@rollcall/api'
import Button from '@atlaskit/button/new'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Failure } from '../parts/failure'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { Pager, usePages } from '../parts/pager'
import { UserName } from '../parts/user-name'
import { SearchField } from '../parts/search-field'
import { useAction } from '../parts/use-action'
import { useOperation } from '../parts/use-operation'

const text = messages.protections

type Listed = AutomaticProtections['accounts'][number]

const columns: readonly Column<Listed>[] = [
  { key: 'person', title: messages.plans.user, names: true, cell: (person) => <UserName {...person} /> },
  { key: 'because', title: text.reason, cell: ({ because }) => <bdi className={layout['wrap']}>{because}</bdi> },
]

export function AlwaysProtected() {
  const [search, setSearch] = useState('')
  const pages = usePages(search)
  const filter = { search: search === '' ? undefined : search, after: pages.after }
  const confirm = useAction((id: string) =>
    client.request('confirmPerson', { params: { id }, body: { reason: text.confirmReason } }),
  )
  const action: Column<Listed> = {
    key: 'confirm',
    title: text.action,
    cell: ({ accountId, name, confirmable }) =>
      confirmable ? (
        <Button
          appearance="subtle"
          aria-label={text.confirmOf(name)}
          isLoading={confirm.isPending && confirm.variables === accountId}
          onClick={() => confirm.mutate(accountId)}
        >
          {text.confirm}
        </Button>
      ) : null,
  }
  const query = useOperation('automaticProtections', { query: filter }, { keep: true })
  return (
    <Card title={text.automatic} testId="automatic" span="full">
      <Stack space="space.150">
        <SearchField label={text.searchAutomatic} value={search} onChange={setSearch} />
        <Fetched query={query} loading={text.loadingAutomatic}>
          {({ total, accounts, next }) => (
            <Stack space="space.150">
              <Text as="p">{text.automaticIntro(formatNumber(total), total)}</Text>
              {confirm.error && <Failure title={text.notConfirmed} message={confirm.error.message} />}
              {accounts.length === 0 ? (
                <Empty>{search === '' ? text.noneAutomatic : messages.noMatch}</Empty>
              ) : (
                <DataTable
                  caption={text.automatic}
                  columns={[...columns, action]}
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
