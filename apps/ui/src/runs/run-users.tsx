// The result of each user of a run, by bucket, with the reasons. What it took can be given back to a single user.
import type { RunDetails, RunPerson } from '@rollcall/api'
import Button from '@atlaskit/button/new'
import { Stack } from '@atlaskit/primitives/compiled'
import { useEffect, useRef, useState } from 'react'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { Chips } from '../parts/chips'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Failure } from '../parts/failure'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { Pager, usePages } from '../parts/pager'
import { UserName } from '../parts/user-name'
import { SearchField } from '../parts/search-field'
import { stepStateLabel } from '../parts/step-state'
import { useGiveBack } from '../parts/use-give-back'
import { useOperation } from '../parts/use-operation'

const text = messages.runs
const buckets = {
  applied: 'applied',
  skipped: 'skipped',
  failed: 'failed',
  unknown: 'unknown',
  notAttempted: 'not-attempted',
} as const
const names = Object.keys(buckets) as (keyof typeof buckets)[]
const [liveMs, calmMs] = [2_000, false as const]

export function RunUsers({ run }: { readonly run: RunDetails }) {
  const [state, setState] = useState<string>()
  const [search, setSearch] = useState('')
  const giveBack = useGiveBack()
  const pages = usePages(`${state ?? ''} ${search}`)
  const filter = { state, search: search === '' ? undefined : search, after: pages.after }
  const query = useOperation(
    'runPeople',
    { params: { id: run.runId }, query: filter },
    { keep: true, every: run.status === 'executing' ? liveMs : calmMs },
  )
  // The last request of an executing run may be older than its end: read the rows again when its figures change.
  const figures = `${run.status} ${Object.values(run.counts).join(' ')}`
  const shown = useRef(figures)
  const { refetch } = query
  useEffect(() => {
    if (shown.current === figures) return
    shown.current = figures
    void refetch()
  }, [figures, refetch])
  return (
    <Card title={text.results} testId="run-people" span="full">
      <Stack space="space.150">
        <Chips
          label={text.buckets}
          value={state}
          onChange={setState}
          chips={[
            { value: undefined, label: text.bucket(text.all, formatNumber(run.total)) },
            ...names.map((name) => ({
              value: buckets[name],
              label: text.bucket(messages.run.results[name], formatNumber(run.counts[name])),
            })),
          ]}
        />
        <SearchField label={text.search} value={search} onChange={setSearch} />
        {giveBack.error && <Failure title={messages.users.notPlanned} message={giveBack.error.message} />}
        <Fetched query={query} loading={text.loadingUsers}>
          {({ people, next }) => (
            <Stack space="space.150">
              {people.length === 0 ? (
                <Empty>{messages.noMatch}</Empty>
              ) : (
                <DataTable
                  caption={text.results}
                  columns={columnsFor(people, run.runId, giveBack)}
                  rows={people}
                  busy={query.isPlaceholderData}
                  keyOf={({ accountId }) => accountId}
                />
              )}
              <Pager pages={pages} next={next} label={text.pages} />
            </Stack>
          )}
        </Fetched>
      </Stack>
    </Card>
  )
}

const columns: readonly Column<RunPerson>[] = [
  { key: 'person', title: messages.plans.user, names: true, cell: (person) => <UserName {...person} /> },
  { key: 'what', title: text.what, cell: ({ what }) => <span className={layout['wrap']}>{what}</span> },
  { key: 'planned', title: text.planned, cell: ({ planned }) => <bdi className={layout['wrap']}>{planned}</bdi> },
  { key: 'state', title: text.result, cell: ({ state }) => stepStateLabel(state) },
  { key: 'reason', title: text.reason, cell: ({ reason }) => <bdi className={layout['wrap']}>{reason}</bdi> },
  { key: 'at', title: text.at, cell: ({ at }) => (at === null ? '' : <Age at={at} />) },
]

/** A page on which nobody can get something back has no such column. */
function columnsFor(people: readonly RunPerson[], runId: string, giveBack: ReturnType<typeof useGiveBack>) {
  if (!people.some(({ mayGiveBack }) => mayGiveBack)) return columns
  const { isPending, variables, mutate } = giveBack
  const actions: Column<RunPerson> = {
    key: 'give-back',
    title: messages.giveBack.column,
    acts: true,
    cell: ({ accountId, name, mayGiveBack }) =>
      mayGiveBack && (
        <Button
          appearance="subtle"
          spacing="compact"
          aria-label={messages.giveBack.to(name === '' ? accountId : name)}
          isLoading={isPending && variables.accountId === accountId}
          onClick={() => mutate({ runId, accountId })}
        >
          {messages.giveBack.now}
        </Button>
      ),
  }
  return [...columns, actions]
}
