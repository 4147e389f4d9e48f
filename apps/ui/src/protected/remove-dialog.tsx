// Asks before an entry of the protected list goes: the next run may act on whom it covered.
import type { ListedProtection } from '@rollcall/core'
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { client } from '../host/client'
import { messages } from '../messages'
import { Dialog } from '../parts/dialog'
import { Failure } from '../parts/failure'
import { useAct } from '../parts/use-act'
import { nameOf } from './named-subject'

const text = messages.protections

interface RemoveDialogProps {
  readonly entry: ListedProtection
  readonly onClose: () => void
}

export function RemoveDialog({ entry, onClose }: RemoveDialogProps) {
  const { subject, reason, by } = entry
  const act = useAct(() => client.ask('unprotect', { body: { subject } }), onClose)
  return (
    <Dialog title={text.removeTitle(nameOf(entry))} onClose={onClose} testId="remove-protection">
      <Stack space="space.200">
        <Text as="p">{text.removeMeans}</Text>
        <Text as="p">
          <bdi>{text.removeReason(reason, by)}</bdi>
        </Text>
        {act.error && <Failure title={text.notRemoved} message={act.error.message} />}
        <Inline space="space.100">
          <Button appearance="danger" isLoading={act.isPending} onClick={() => act.mutate()}>
            {text.removeNow}
          </Button>
          <Button onClick={onClose}>{messages.cancel}</Button>
        </Inline>
      </Stack>
    </Dialog>
  )
}
