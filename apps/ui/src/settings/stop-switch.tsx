// The stop switch: while it is on, Rollcall changes nothing at Atlassian.
import Button from '@atlaskit/button/new'
import Lozenge from '@atlaskit/lozenge'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { client } from '../host/client'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Failure } from '../parts/failure'
import { useAction } from '../parts/use-action'

const text = messages.settings

export function StopSwitch({ stopped }: { readonly stopped: boolean }) {
  const turn = useAction(() => client.request(stopped ? 'resume' : 'stop'))
  return (
    <Card
      title={text.stopSwitch}
      testId="stop-switch"
      span="full"
      status={
        <span role="status">
          <Lozenge appearance={stopped ? 'danger' : 'success'}>{stopped ? text.on : text.off}</Lozenge>
        </span>
      }
    >
      <Stack space="space.150" alignInline="start">
        <Text as="p">{text.stopMeans}</Text>
        {turn.error && <Failure title={text.notTurned} message={turn.error.message} />}
        <Button appearance={stopped ? 'default' : 'danger'} isLoading={turn.isPending} onClick={() => turn.mutate()}>
          {stopped ? text.turnOff : text.turnOn}
        </Button>
      </Stack>
    </Card>
  )
}
