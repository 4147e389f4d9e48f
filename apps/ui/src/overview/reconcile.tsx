// Going on after a backup of the database was restored: what that means, and then the roll that it takes.
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Dialog } from '../parts/dialog'
import { Failure } from '../parts/failure'
import { useAct } from '../parts/use-act'

const text = messages.reconciling

export function Reconcile() {
  const [asking, setAsking] = useState(false)
  const close = () => setAsking(false)
  const act = useAct(() => client.ask('reconcile'), close)
  return (
    <>
      <Button spacing="compact" onClick={() => setAsking(true)}>
        {text.ask}
      </Button>
      {asking && (
        <Dialog title={text.title} onClose={close} testId="reconcile">
          <Stack space="space.200">
            <Text as="p">{text.means}</Text>
            <Text as="p">{text.look}</Text>
            <div role="status">{act.isPending && <Text as="p">{text.underWay}</Text>}</div>
            {act.error && <Failure title={text.failed} message={act.error.message} />}
            <Inline space="space.100">
              <Button appearance="danger" isLoading={act.isPending} onClick={() => act.mutate()}>
                {text.now}
              </Button>
              <Button onClick={close}>{messages.cancel}</Button>
            </Inline>
          </Stack>
        </Dialog>
      )}
    </>
  )
}
