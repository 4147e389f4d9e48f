// Takes the roll, and says that it is under way.
import Button from '@atlaskit/button/new'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import ProgressBar from '@atlaskit/progress-bar'
import { Age } from '../parts/age'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import { useOperation } from '../parts/use-asked'
import { messages } from '../messages'
import type { RollData } from './overview-data'
import type { RollTaking } from './use-roll'

const text = messages.roll

interface RollProps {
  readonly roll: RollTaking
  /** There is no roll yet. */
  readonly first: boolean
  readonly focused: boolean
  /** One that was begun here, by somebody else or by a schedule. */
  readonly begun: RollData | null
}

const everyMs = 1_000

/** What is stored of the roll so far, of about how many. */
function RunningSync() {
  const { data } = useOperation('syncProgress', {}, { every: everyMs })
  const begun = data ?? undefined
  const said =
    begun === undefined
      ? messages.data.starting
      : messages.data.done(formatNumber(begun.accounts), formatNumber(begun.expected))
  const share = begun === undefined || begun.expected === 0 ? undefined : Math.min(1, begun.accounts / begun.expected)
  return (
    <>
      <Text as="p">{said}</Text>
      <ProgressBar
        {...(share === undefined ? { isIndeterminate: true } : { value: share })}
        ariaLabel={text.progress}
        testId="roll-progress"
      />
    </>
  )
}

export function Roll({ roll, first, focused, begun }: RollProps) {
  const { isPending, error, mutate } = roll
  const underWay = isPending || begun !== null
  return (
    <Stack space="space.150" alignInline="stretch">
      {first && !underWay && <Text as="p">{text.first}</Text>}
      <div role="status">
        {underWay && <Text as="p">{isPending || begun === null ? text.underWay : text.begun}</Text>}
      </div>
      {!isPending && begun !== null && (
        <p>
          {text.moved} <Age at={begun.movedAt} />
        </p>
      )}
      {underWay && <RunningSync />}
      {error && <Failure title={text.failed} message={error.message} />}
      <div>
        <Button
          appearance={first ? 'primary' : 'default'}
          isLoading={isPending}
          autoFocus={focused}
          onClick={() => mutate()}
        >
          {first ? text.take : text.again}
        </Button>
      </div>
    </Stack>
  )
}
