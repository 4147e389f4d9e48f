// Asks before it removes an entry of the protected list: the next run may change the users that it covered.
import type { ListedProtection } from '@rollcall/api'
import { Text } from '@atlaskit/primitives/compiled'
import { client } from '../host/client'
import { messages } from '../messages'
import { ConfirmDialog } from '../parts/confirm-dialog'
import { useAction } from '../parts/use-action'
import { nameOf } from './named-subject'

const text = messages.protections

interface RemoveDialogProps {
  readonly entry: ListedProtection
  readonly onClose: () => void
}

export function RemoveDialog({ entry, onClose }: RemoveDialogProps) {
  const { subject, reason, by } = entry
  const act = useAction(() => client.request('unprotect', { body: { subject } }), onClose)
  return (
    <ConfirmDialog
      title={text.removeTitle(nameOf(entry))}
      confirm={text.removeNow}
      failed={text.notRemoved}
      act={act}
      onClose={onClose}
      testId="remove-protection"
    >
      <Text as="p">{text.removeMeans}</Text>
      <Text as="p">
        <bdi>{text.removeReason(reason, by)}</bdi>
      </Text>
    </ConfirmDialog>
  )
}
