// The runs, newest first, each with its status and results.
import type { RunList } from '@rollcall/api'
import { Stack } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { messages } from '../messages'
import { withNextStep } from '../messages/next-step'
import { Age } from '../parts/age'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { Pager, usePages } from '../parts/pager'
import { Panel } from '../parts/panel'
import { ScreenHeader } from '../parts/screen-header'
import { SelectField } from '../parts/select-field'
import { RunStatusLabel } from '../parts/run-status-label'
import { useOperation } from '../parts/use-operation'
import { nameOfRun } from '../plans/plan-name'
import { hrefOf } from '../shell/route'

const text = messages.runs
const [liveMs, calmMs] = [2_000, 15_000]
const statuses = ['executing', 'finished', 'stopped', 'cancelled'] as const
const choices = [
  { value: '', label: text.everyStatus },
  ...statuses.map((status) => ({ value: status, label: messages.run.status[status] })),
]
const isLive = (list: RunList | undefined) => list?.runs.some(({ status }) => status === 'executing') === true

export function RunListScreen() {
  const [status, setStatus] = useState('')
  const pages = usePages(status)
  // Only the first page updates: on later pages, rows would move while an admin reads.
  const every = pages.after === undefined && ((list?: RunList) => (isLive(list) ? liveMs : calmMs))
  const filter = { status: status === '' ? undefined : status, after: pages.after }
  const query = useOperation('runList', { query: filter }, { keep: true, every })
  const title = messages.navigation.screens.runs
  return (
    <>
      <ScreenHeader title={title} />
      <Panel label={title}>
        <Stack space="space.150">
          <div className={layout['filters']}>
            <SelectField label={text.status} value={status} choices={choices} onChange={setStatus} />
          </div>
          <Fetched query={query} loading={text.loading}>
            {({ runs, next }) => (
              <Stack space="space.150">
                {runs.length === 0 ? (
                  <Empty>{status === '' ? messages.run.empty : messages.noMatch}</Empty>
                ) : (
                  <DataTable
                    caption={title}
                    columns={columns}
                    rows={runs}
                    busy={query.isPlaceholderData}
                    keyOf={({ runId }) => runId}
                  />
                )}
                <Pager pages={pages} next={next} label={text.listPages} />
              </Stack>
            )}
          </Fetched>
        </Stack>
      </Panel>
    </>
  )
}

const columns: readonly Column<RunList['runs'][number]>[] = [
  {
    key: 'run',
    title: text.of,
    names: true,
    cell: (run) => (
      <a className={layout['link']} href={hrefOf('runs', run.runId)}>
        <bdi>{nameOfRun(run)}</bdi>
      </a>
    ),
  },
  {
    key: 'status',
    title: text.status,
    cell: ({ status, stopReason, remedy }) => (
      <Stack space="space.050" alignInline="start">
        <RunStatusLabel status={status} />
        {stopReason !== null && <span className={layout['wrap']}>{withNextStep(stopReason, remedy)}</span>}
      </Stack>
    ),
  },
  ...(['applied', 'skipped', 'failed', 'unknown', 'notAttempted'] as const).map(
    (bucket): Column<RunList['runs'][number]> => ({
      key: bucket,
      title: messages.run.results[bucket],
      number: true,
      cell: ({ counts }) => formatNumber(counts[bucket]),
    }),
  ),
  { key: 'started', title: messages.run.started, cell: ({ startedAt }) => <Age at={startedAt} /> },
]
