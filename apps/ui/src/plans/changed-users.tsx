// The users that a plan changes, least active first, each with the reason.
import type { PlanAccount, PlanSummary } from '@rollcall/api'
import { Stack } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import layout from '../parts/layout.module.css'
import { Pager, usePages } from '../parts/pager'
import { UserName } from '../parts/user-name'
import { SearchField } from '../parts/search-field'
import { useOperation } from '../parts/use-operation'

const text = messages.plans

const columns: readonly Column<PlanAccount>[] = [
  { key: 'person', title: text.user, names: true, cell: (person) => <UserName {...person} /> },
  { key: 'why', title: text.why, cell: ({ reason }) => <bdi className={layout['wrap']}>{reason}</bdi> },
  {
    key: 'active',
    title: text.lastActive,
    cell: ({ lastActive }) => (lastActive === null ? text.noActivity : <Age at={lastActive} />),
  },
]

export function ChangedUsers({ plan }: { readonly plan: PlanSummary }) {
  const [search, setSearch] = useState('')
  const pages = usePages(search)
  const filter = { part: 'changed', search: search === '' ? undefined : search, after: pages.after }
  const query = useOperation('planPeople', { params: { id: plan.planId }, query: filter }, { keep: true })
  return (
    <Card title={text.willChange} testId="plan-changed" span="full">
      {plan.accounts === 0 ? (
        <Empty>{text.noneChange}</Empty>
      ) : (
        <Stack space="space.150">
          <SearchField label={text.searchChanged} value={search} onChange={setSearch} />
          <Fetched query={query} loading={text.loadingUsers}>
            {({ people, next }) => (
              <Stack space="space.150">
                {people.length === 0 && <Empty>{messages.noMatch}</Empty>}
                {people.length > 0 && (
                  <DataTable
                    caption={text.willChange}
                    columns={columns}
                    rows={people}
                    busy={query.isPlaceholderData}
                    keyOf={({ accountId }) => accountId}
                  />
                )}
                <Pager pages={pages} next={next} label={text.changedPages} />
              </Stack>
            )}
          </Fetched>
        </Stack>
      )}
    </Card>
  )
}
