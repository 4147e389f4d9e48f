// Asks before an entry of the protected list goes: the next run may act on whom it covered.
import type { ListedProtection } from '@rollcall/api'
import { Text } from '@atlaskit/primitives/compiled'
import { client } from '../host/client'
import { messages } from '../messages'
import { Question } from '../parts/question'
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
    <Question
      {...{ title: text.removeTitle(nameOf(entry)), confirm: text.removeNow, failed: text.notRemoved, act, onClose }}
      testId="remove-protection"
    >
      <Text as="p">{text.removeMeans}</Text>
      <Text as="p">
        <bdi>{text.removeReason(reason, by)}</bdi>
      </Text>
    </Question>
  )
}
