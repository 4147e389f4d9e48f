// The users that a plan changes, least active first, each with the reason. Until its approval, an admin can exclude some.
import type { PlanAccount, PlanSummary } from '@rollcall/api'
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { Pager, usePages } from '../parts/pager'
import { UserName } from '../parts/user-name'
import { SearchField } from '../parts/search-field'
import { selectColumn } from '../parts/select-column'
import { type Selection, useSelection } from '../parts/selection'
import { useOperation } from '../parts/use-operation'
import { ExcludeDialog } from './exclude-dialog'

const text = messages.plans

/** The users to exclude; a single one has a name. */
interface Wanted {
  readonly accounts: readonly string[]
  readonly name?: string
}

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
  const [wanted, setWanted] = useState<Wanted>()
  const selection = useSelection(plan.planId)
  // Without its last user a plan would do nothing: then an admin discards it.
  const mayExclude = plan.mayDiscard && plan.accounts > 1
  const filter = { part: 'changed', search: search === '' ? undefined : search, after: pages.after }
  const query = useOperation('planPeople', { params: { id: plan.planId }, query: filter }, { keep: true })
  return (
    <Card title={text.willChange} testId="plan-changed" span="full">
      {plan.accounts === 0 ? (
        <Empty>{text.noneChange}</Empty>
      ) : (
        <Stack space="space.150">
          <SearchField label={text.searchChanged} value={search} onChange={setSearch} />
          {selection.ids.size > 0 && (
            <SelectedUsers selection={selection} onExclude={(accounts) => setWanted({ accounts })} />
          )}
          <Fetched query={query} loading={text.loadingUsers}>
            {({ people, next }) => (
              <Stack space="space.150">
                {people.length === 0 && <Empty>{messages.noMatch}</Empty>}
                {people.length > 0 && (
                  <DataTable
                    caption={text.willChange}
                    columns={mayExclude ? excludable(people, selection, setWanted) : columns}
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
      {wanted && <ExcludeDialog planId={plan.planId} {...wanted} onClose={() => setWanted(undefined)} />}
    </Card>
  )
}

function SelectedUsers({
  selection,
  onExclude,
}: {
  readonly selection: Selection
  readonly onExclude: (accounts: readonly string[]) => void
}) {
  const count = selection.ids.size
  return (
    <Inline space="space.100" alignBlock="center" shouldWrap>
      <span role="status">
        <Text weight="medium">{messages.users.selected(formatNumber(count))}</Text>
      </span>
      <Button onClick={() => onExclude([...selection.ids])}>
        {messages.excluding.ask(formatNumber(count), count)}
      </Button>
      <Button appearance="subtle" onClick={selection.clear}>
        {messages.users.clear}
      </Button>
    </Inline>
  )
}

const excludable = (
  people: readonly PlanAccount[],
  selection: Selection,
  exclude: (wanted: Wanted) => void,
): readonly Column<PlanAccount>[] => [
  selectColumn(selection, people),
  ...columns,
  {
    key: 'exclude',
    title: messages.excluding.column,
    acts: true,
    cell: ({ accountId, name }) => {
      const shown = name === '' ? accountId : name
      return (
        <Button
          appearance="subtle"
          spacing="compact"
          aria-label={messages.excluding.of(shown)}
          onClick={() => exclude({ accounts: [accountId], name: shown })}
        >
          {messages.excluding.exclude}
        </Button>
      )
    },
  },
]
