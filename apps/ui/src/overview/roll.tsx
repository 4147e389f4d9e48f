// Takes the roll, and says that it is under way.
import Button from '@atlaskit/button/new'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import ProgressBar from '@atlaskit/progress-bar'
import { Failure } from '../parts/failure'
import { messages } from '../messages'
import type { RollTaking } from './use-roll'

const text = messages.roll

interface RollProps {
  readonly roll: RollTaking
  /** There is no roll yet. */
  readonly first: boolean
  readonly focused: boolean
}

export function Roll({ roll, first, focused }: RollProps) {
  const { isPending, error, mutate } = roll
  return (
    <Stack space="space.150" alignInline="stretch">
      {first && !isPending && <Text as="p">{text.first}</Text>}
      <div role="status">
        {isPending && (
          <Stack space="space.100">
            <Text as="p">{text.underWay}</Text>
            <ProgressBar isIndeterminate ariaLabel={text.progress} testId="roll-progress" />
          </Stack>
        )}
      </div>
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
