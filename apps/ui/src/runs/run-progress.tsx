// The progress of a run: a bar, the rate, the time left, what it waits for, why it stopped, and who cancelled it.
import { Stack, Text } from '@atlaskit/primitives/compiled'
import ProgressBar, { SuccessProgressBar } from '@atlaskit/progress-bar'
import SectionMessage from '@atlaskit/section-message'
import type { RunDetails } from '@rollcall/api'
import { messages } from '../messages'
import { withNextStep } from '../messages/next-step'
import { Age } from '../parts/age'
import { Card } from '../parts/card'
import { Code } from '../parts/code'
import { type Fact, Facts } from '../parts/facts'
import { formatMomentInZone, formatNumber } from '../parts/format'
import { changedSoFar } from './changed-so-far'

const text = messages.runs

export function RunProgressCard({ run }: { readonly run: RunDetails }) {
  const { counts, total, status, waits, stopReason, remedy } = run
  const done = total - counts.notAttempted
  const label = messages.run.progress(formatNumber(done), formatNumber(total))
  const Bar = status === 'finished' && counts.failed + counts.unknown === 0 ? SuccessProgressBar : ProgressBar
  return (
    <Card title={text.progress} testId="run-progress" span="full">
      <Stack space="space.150">
        <Text as="p">{label}</Text>
        <Bar value={total > 0 ? Math.min(done / total, 1) : 0} ariaLabel={label} />
        {status === 'executing' && <Text as="p">{pace(run)}</Text>}
        {waits !== null && (
          <SectionMessage appearance="information" testId="run-waits">
            <p>{waits.sentence}</p>
            {waits.until !== null && <p>{text.waitsUntil(formatMomentInZone(waits.until))}</p>}
          </SectionMessage>
        )}
        {run.cancelledBy !== null && (
          <SectionMessage appearance="information" testId="run-cancelled">
            <p>
              {text.cancelledBy} <bdi>{run.cancelledBy}</bdi>
              {run.finishedAt !== null && (
                <>
                  , <Age at={run.finishedAt} />
                </>
              )}
              . {changedSoFar(run, true)}
            </p>
          </SectionMessage>
        )}
        {stopReason !== null && (
          <SectionMessage appearance="warning" title={messages.run.stopReason} headingLevel="h3">
            <p>{withNextStep(stopReason, remedy)}</p>
          </SectionMessage>
        )}
        <Facts facts={factsOf(run)} />
      </Stack>
    </Card>
  )
}

function pace({ perMinute, secondsLeft }: RunDetails): string {
  if (perMinute === null || secondsLeft === null) return text.noRate
  return text.rate(formatNumber(perMinute), formatNumber(Math.ceil(secondsLeft / 60)))
}

const factsOf = (run: RunDetails): readonly Fact[] => [
  { label: text.approvedBy, value: <bdi>{run.approvedBy}</bdi> },
  ...(run.accepted.length === 0 ? [] : [{ label: text.accepted, value: <Code>{run.accepted.join(', ')}</Code> }]),
  { label: messages.run.started, value: <Age at={run.startedAt} /> },
  ...(run.finishedAt === null ? [] : [{ label: messages.run.finished, value: <Age at={run.finishedAt} /> }]),
  { label: messages.run.id, value: <Code>{run.runId}</Code> },
]
