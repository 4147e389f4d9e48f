// The newest run: its status, progress, results, and why it stopped.
import { Stack, Text } from '@atlaskit/primitives/compiled'
import ProgressBar, { SuccessProgressBar } from '@atlaskit/progress-bar'
import SectionMessage from '@atlaskit/section-message'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { Code } from '../parts/code'
import { Empty } from '../parts/empty'
import { type Fact, Facts } from '../parts/facts'
import { formatNumber } from '../parts/format'
import { messages } from '../messages'
import { withNextStep } from '../messages/next-step'
import type { RunData } from './overview-data'
import { RunStatusLabel } from '../parts/run-status-label'
import { RunResults } from '../parts/run-results'

const text = messages.run

export function LatestRun({ run }: { readonly run: RunData | null }) {
  return (
    <Card title={text.title} testId="latest-run" status={<Status run={run} />}>
      {run ? <Summary run={run} /> : <Empty>{text.empty}</Empty>}
    </Card>
  )
}

/** Stays in the page, so that a screen reader announces each change of the status. */
function Status({ run }: { readonly run: RunData | null }) {
  return <span role="status">{run && <RunStatusLabel status={run.status} />}</span>
}

function Summary({ run }: { readonly run: RunData }) {
  const facts: readonly Fact[] = [
    { label: text.started, value: <Age at={run.startedAt} /> },
    ...(run.finishedAt === null ? [] : [{ label: text.finished, value: <Age at={run.finishedAt} /> }]),
    { label: text.id, value: <Code>{run.runId}</Code> },
  ]
  return (
    <Stack space="space.200">
      <Progress run={run} />
      {(run.status === 'stopped' || run.stopReason !== null) && (
        <SectionMessage appearance="warning" title={text.stopReason} headingLevel="h3">
          <p>{withNextStep(run.stopReason ?? text.noReason, run.remedy)}</p>
        </SectionMessage>
      )}
      <RunResults counts={run.counts} />
      <Facts facts={facts} />
    </Stack>
  )
}

function Progress({ run: { total, counts, status } }: { readonly run: RunData }) {
  const done = counts.applied + counts.skipped + counts.failed + counts.unknown
  const label = text.progress(formatNumber(done), formatNumber(total))
  const Bar = status === 'finished' && counts.failed + counts.unknown === 0 ? SuccessProgressBar : ProgressBar
  return (
    <Stack space="space.100">
      <Text>{label}</Text>
      <Bar value={total > 0 ? Math.min(done / total, 1) : 0} ariaLabel={label} testId="run-progress" />
    </Stack>
  )
}
