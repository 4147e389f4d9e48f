// Reconciling after somebody restored a backup of the database: explains it, then runs the sync that it needs.
import Button from '@atlaskit/button/new'
import { Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { ConfirmDialog } from '../parts/confirm-dialog'
import { useAction } from '../parts/use-action'

const text = messages.reconciling

export function Reconcile() {
  const [asking, setAsking] = useState(false)
  const close = () => setAsking(false)
  const act = useAction(() => client.request('reconcile'), close)
  return (
    <>
      <Button spacing="compact" onClick={() => setAsking(true)}>
        {text.ask}
      </Button>
      {asking && (
        <ConfirmDialog
          title={text.title}
          confirm={text.now}
          failed={text.failed}
          act={act}
          onClose={close}
          testId="reconcile"
        >
          <Text as="p">{text.means}</Text>
          <Text as="p">{text.check}</Text>
          <div role="status">{act.isPending && <Text as="p">{text.running}</Text>}</div>
        </ConfirmDialog>
      )}
    </>
  )
}
