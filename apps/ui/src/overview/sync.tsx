// Starts a sync and shows its progress.
import Button from '@atlaskit/button/new'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import ProgressBar from '@atlaskit/progress-bar'
import { Age } from '../parts/age'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import { useOperation } from '../parts/use-operation'
import { messages } from '../messages'
import type { RunningSyncData } from './overview-data'
import type { SyncMutation } from './use-sync'

const text = messages.sync

interface SyncProps {
  readonly sync: SyncMutation
  /** Whether there is no snapshot yet. */
  readonly first: boolean
  readonly focused: boolean
  /** A running sync that this page, another admin or a schedule started. */
  readonly active: RunningSyncData | null
}

const everyMs = 1_000

/** How many users the sync has stored, of about how many. */
function RunningSync() {
  const { data } = useOperation('syncProgress', {}, { every: everyMs })
  const stored = data ?? undefined
  const line =
    stored === undefined
      ? messages.data.starting
      : messages.data.done(formatNumber(stored.accounts), formatNumber(stored.expected))
  const fraction =
    stored === undefined || stored.expected === 0 ? undefined : Math.min(1, stored.accounts / stored.expected)
  return (
    <>
      <Text as="p">{line}</Text>
      <ProgressBar
        isIndeterminate={fraction === undefined}
        value={fraction ?? 0}
        ariaLabel={text.progress}
        testId="sync-progress"
      />
    </>
  )
}

export function Sync({ sync, first, focused, active }: SyncProps) {
  const { isPending, error, mutate } = sync
  const running = isPending || active !== null
  return (
    <Stack space="space.150" alignInline="stretch">
      {first && !running && <Text as="p">{text.first}</Text>}
      <div role="status">
        {running && <Text as="p">{isPending || active === null ? text.running : text.startedElsewhere}</Text>}
      </div>
      {!isPending && active !== null && (
        <p>
          {text.lastProgress} <Age at={active.movedAt} />
        </p>
      )}
      {running && <RunningSync />}
      {error && <Failure title={text.failed} message={error.message} />}
      <div>
        <Button
          appearance={first ? 'primary' : 'default'}
          isLoading={isPending}
          autoFocus={focused}
          onClick={() => mutate()}
        >
          {first ? text.start : text.now}
        </Button>
      </div>
    </Stack>
  )
}
