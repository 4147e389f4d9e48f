// The users that a plan excludes: the count of each reason, and the users.
import type { PlanAccount, PlanSummary } from '@rollcall/api'
import { Stack } from '@atlaskit/primitives/compiled'
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
import { SelectField } from '../parts/select-field'
import { useOperation } from '../parts/use-operation'

const text = messages.plans

const columns: readonly Column<PlanAccount>[] = [
  { key: 'person', title: text.user, names: true, cell: (person) => <UserName {...person} /> },
  { key: 'why', title: text.whyExcluded, cell: ({ reason }) => <bdi className={layout['wrap']}>{reason}</bdi> },
]

export function ExcludedUsers({ plan: { planId, spared } }: { readonly plan: PlanSummary }) {
  const [search, setSearch] = useState('')
  const [reason, setReason] = useState('')
  const pages = usePages(`${reason} ${search}`)
  const given = (value: string) => (value === '' ? undefined : value)
  const requested = { part: 'excluded', search: given(search), reason: given(reason), after: pages.after }
  const query = useOperation('planPeople', { params: { id: planId }, query: requested }, { keep: true })
  const reasons = spared.reasons.toSorted((a, b) => b.accounts - a.accounts)
  const choices = [
    { value: '', label: text.everyReason(formatNumber(spared.total)) },
    ...reasons.map((one) => ({ value: one.text, label: text.reasonAndCount(one.text, formatNumber(one.accounts)) })),
  ]
  return (
    <Card title={text.excludedTitle} testId="plan-excluded" span="full">
      {spared.total === 0 ? (
        <Empty>{text.noneExcluded}</Empty>
      ) : (
        <Stack space="space.150">
          <div className={layout['filters']}>
            <SelectField label={text.reason} value={reason} choices={choices} onChange={setReason} />
            <SearchField label={text.searchExcluded} value={search} onChange={setSearch} />
          </div>
          <Fetched query={query} loading={text.loadingUsers}>
            {({ people, next, listed }) => (
              <Stack space="space.150">
                {!listed && <Empty>{text.notListed}</Empty>}
                {listed && people.length === 0 && <Empty>{next === null ? messages.noMatch : text.noneHere}</Empty>}
                {people.length > 0 && (
                  <DataTable
                    caption={text.excludedTitle}
                    columns={columns}
                    rows={people}
                    busy={query.isPlaceholderData}
                    keyOf={({ accountId }) => accountId}
                  />
                )}
                <Pager pages={pages} next={next} label={text.excludedPages} />
              </Stack>
            )}
          </Fetched>
        </Stack>
      )}
    </Card>
  )
}
