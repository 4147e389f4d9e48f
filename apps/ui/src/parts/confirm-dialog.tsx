// Explains an action that has no undo, with a button that names the action.
import Button from '@atlaskit/button/new'
import { Inline, Stack } from '@atlaskit/primitives/compiled'
import type { ReactNode } from 'react'
import { messages } from '../messages'
import { Dialog } from './dialog'
import { Failure } from './failure'

interface ConfirmDialogProps {
  readonly title: string
  readonly testId: string
  readonly act: { readonly isPending: boolean; readonly error: Error | null; readonly mutate: () => void }
  /** The label of the button, and the title of a failure. */
  readonly confirm: string
  readonly failed: string
  /** The label of the button that closes it, where "Cancel" says something else. */
  readonly dismiss?: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function ConfirmDialog({ title, testId, act, confirm, failed, dismiss, onClose, children }: ConfirmDialogProps) {
  return (
    <Dialog title={title} onClose={onClose} testId={testId}>
      <Stack space="space.200">
        {children}
        {act.error && <Failure title={failed} message={act.error.message} />}
        <Inline space="space.100">
          <Button appearance="danger" isLoading={act.isPending} onClick={() => act.mutate()}>
            {confirm}
          </Button>
          <Button onClick={onClose}>{dismiss ?? messages.cancel}</Button>
        </Inline>
      </Stack>
    </Dialog>
  )
}
