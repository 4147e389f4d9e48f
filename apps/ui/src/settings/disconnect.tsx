// Disconnects after a confirmation that explains the effect.
import Button from '@atlaskit/button/new'
import { Inline, Stack } from '@atlaskit/primitives/compiled'
import SectionMessage from '@atlaskit/section-message'
import { useState } from 'react'
import { Failure } from '../parts/failure'
import { messages } from '../messages'
import { useDisconnect } from './use-connection'

const text = messages.disconnect

/** "kept" is like "idle", and moves the focus back to the button. */
type State = 'idle' | 'asking' | 'kept'

export function Disconnect() {
  const [state, setState] = useState<State>('idle')
  const disconnect = useDisconnect()
  if (state !== 'asking')
    return (
      <Button appearance="subtle" autoFocus={state === 'kept'} onClick={() => setState('asking')}>
        {text.disconnect}
      </Button>
    )
  return (
    <div role="group" aria-label={text.title} data-testid="disconnect">
      <SectionMessage appearance="warning" title={text.title} headingLevel="h3">
        <Stack space="space.150">
          <p>{text.text}</p>
          {disconnect.error && <Failure title={text.failed} message={disconnect.error.message} />}
          <Inline space="space.100" shouldWrap>
            <Button autoFocus onClick={() => setState('kept')} isDisabled={disconnect.isPending}>
              {text.keep}
            </Button>
            <Button appearance="danger" isLoading={disconnect.isPending} onClick={() => disconnect.mutate()}>
              {text.confirm}
            </Button>
          </Inline>
        </Stack>
      </SectionMessage>
    </div>
  )
}
