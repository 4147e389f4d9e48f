// Cancels one run, with an optional reason: says what happens to the users that it changed, and to the others.
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import type { RunDetails } from '@rollcall/api'
import type { FormEvent } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Dialog } from '../parts/dialog'
import { Failure } from '../parts/failure'
import { TextField } from '../parts/text-field'
import { useAction } from '../parts/use-action'
import { changedSoFar } from './changed-so-far'

const text = messages.runs

export function CancelDialog({ run, onClose }: { readonly run: RunDetails; readonly onClose: () => void }) {
  const cancel = useAction(
    (reason: string) => client.request('cancel', { params: { id: run.runId }, body: reason === '' ? {} : { reason } }),
    onClose,
  )
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    cancel.mutate(String(new FormData(event.currentTarget).get('reason')).trim())
  }
  return (
    <Dialog title={text.cancelTitle} onClose={onClose} testId="cancel-dialog">
      <form onSubmit={submit}>
        <Stack space="space.200">
          <Text as="p">{run.status === 'executing' ? text.inFlight : text.neverGoesOn}</Text>
          <Text as="p">{changedSoFar(run, true)}</Text>
          <TextField name="reason" label={text.cancelReason} help={text.cancelReasonHelp} optional />
          {cancel.error && <Failure title={text.notCancelled} message={cancel.error.message} />}
          <Inline space="space.100" shouldWrap>
            <Button type="submit" appearance="danger" isLoading={cancel.isPending}>
              {text.cancelNow}
            </Button>
            <Button onClick={onClose}>{text.keepRun}</Button>
          </Inline>
        </Stack>
      </form>
    </Dialog>
  )
}
