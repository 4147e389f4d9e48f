// The newest runs, each with how far it is and how it ended.
import { Stack } from '@atlaskit/primitives/compiled'
import type { RunLine } from '../host/answers'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { Panel } from '../parts/panel'
import { ScreenHeader } from '../parts/screen-header'
import { StatusMark } from '../parts/status'
import { useAsked } from '../parts/use-asked'
import { said } from '../parts/said'
import { nameOfRun } from '../plans/plan-name'
import { hrefOf } from '../shell/route'

const text = messages.runs
const [liveMs, calmMs] = [2_000, 15_000]
/** What waits for a person is a plan still, and stands among the plans. */
const hasBegun = ({ status }: RunLine) => status === 'executing' || status === 'finished' || status === 'stopped'

export function RunList() {
  const query = useAsked(
    'runs',
    {},
    { every: (runs) => (runs?.some(({ status }) => status === 'executing') === true ? liveMs : calmMs) },
  )
  const title = messages.navigation.screens.runs
  return (
    <>
      <ScreenHeader title={title} />
      <Panel label={title}>
        <Fetched query={query} loading={text.loading}>
          {(runs) => {
            const begun = runs.filter(hasBegun)
            if (begun.length === 0) return <Empty>{messages.run.empty}</Empty>
            return <DataTable {...{ caption: title, columns, rows: begun }} keyOf={({ runId }) => runId} />
          }}
        </Fetched>
      </Panel>
    </>
  )
}

const columns: readonly Column<RunLine>[] = [
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
    cell: ({ status, stopReason }) => (
      <Stack space="space.050" alignInline="start">
        <StatusMark status={status} />
        {stopReason !== null && <span className={layout['wrap']}>{said(stopReason)}</span>}
      </Stack>
    ),
  },
  ...(['applied', 'skipped', 'failed', 'unknown', 'notAttempted'] as const).map((bucket): Column<RunLine> => ({
    key: bucket,
    title: messages.run.results[bucket],
    number: true,
    cell: ({ counts }) => formatNumber(counts[bucket]),
  })),
  { key: 'started', title: messages.run.started, cell: ({ startedAt }) => <Age at={startedAt} /> },
]
