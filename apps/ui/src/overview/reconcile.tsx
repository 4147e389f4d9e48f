// Going on after a backup of the database was restored: what that means, and then the roll that it takes.
import Button from '@atlaskit/button/new'
import { Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Question } from '../parts/question'
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
        <Question
          {...{ title: text.title, confirm: text.now, failed: text.failed, act, onClose: close }}
          testId="reconcile"
        >
          <Text as="p">{text.means}</Text>
          <Text as="p">{text.look}</Text>
          <div role="status">{act.isPending && <Text as="p">{text.underWay}</Text>}</div>
        </Question>
      )}
    </>
  )
}
