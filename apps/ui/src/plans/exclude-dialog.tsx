// Excludes users from a plan, with an optional reason. A plan never changes, so this opens a new one and discards this one.
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import type { FormEvent } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Dialog } from '../parts/dialog'
import { Failure } from '../parts/failure'
import { showFlag } from '../parts/flag'
import { formatNumber } from '../parts/format'
import { TextField } from '../parts/text-field'
import { useAction } from '../parts/use-action'
import { go, hrefOf } from '../shell/route'

const text = messages.excluding

interface ExcludeDialogProps {
  readonly planId: string
  readonly accounts: readonly string[]
  /** The name of a single user. */
  readonly name?: string
  readonly onClose: () => void
}

export function ExcludeDialog({ planId, accounts, name, onClose }: ExcludeDialogProps) {
  const count = accounts.length
  const shown = formatNumber(count)
  const exclude = useAction(
    (reason: string) =>
      client.request('exclude', { params: { id: planId }, body: { accounts, ...(reason === '' ? {} : { reason }) } }),
    (made) => {
      showFlag(text.done(shown, count), hrefOf('plans', made.planId))
      go('plans', made.planId)
    },
  )
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    exclude.mutate(String(new FormData(event.currentTarget).get('reason')).trim())
  }
  return (
    <Dialog
      title={name === undefined ? text.several(shown, count) : text.one(name)}
      onClose={onClose}
      testId="exclude-dialog"
    >
      <form onSubmit={submit}>
        <Stack space="space.200">
          <Text as="p">{text.means}</Text>
          <TextField name="reason" label={text.reason} help={text.reasonHelp} optional />
          {exclude.error && <Failure title={text.failed} message={exclude.error.message} />}
          <Inline space="space.100" shouldWrap>
            <Button type="submit" appearance="primary" isLoading={exclude.isPending}>
              {text.now}
            </Button>
            <Button onClick={onClose}>{messages.cancel}</Button>
          </Inline>
        </Stack>
      </form>
    </Dialog>
  )
}
