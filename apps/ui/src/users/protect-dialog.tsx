// Protects the selected users, with a reason and an optional end. Lists the users that it cannot protect.
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useState, type FormEvent } from 'react'
import { messages } from '../messages'
import { Dialog } from '../parts/dialog'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import { TextField } from '../parts/text-field'
import { useAction } from '../parts/use-action'
import { protectAll, type Protected, type Protecting } from '../protected/protect-all'
import { ProtectedOutcome } from '../protected/protected-outcome'

const text = messages.protecting

interface ProtectDialogProps {
  readonly count: number
  readonly idsOf: () => Promise<readonly string[]>
  readonly onClose: () => void
  readonly onDone: () => void
}

export function ProtectDialog({ count, idsOf, onClose, onDone }: ProtectDialogProps) {
  const [looked, setLooked] = useState(0)
  const [outcome, setOutcome] = useState<Protected>()
  const act = useAction(
    async (wanted: Protecting) => protectAll(await idsOf(), wanted, setLooked),
    (found) => (found.problems.length === 0 && found.stopped === undefined ? onDone() : setOutcome(found)),
  )
  /** Receives the result. */
  const close = () => {
    if (!act.isPending) onClose()
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const entered = new FormData(event.currentTarget)
    const [reason, until] = [String(entered.get('reason')).trim(), String(entered.get('until')).trim()]
    act.mutate({ reason, ...(until === '' ? {} : { until }) })
  }
  return (
    <Dialog title={text.title(formatNumber(count), count)} onClose={close} testId="protect-dialog">
      <form onSubmit={submit}>
        <Stack space="space.200">
          <Text as="p">{text.means}</Text>
          <TextField name="reason" label={text.reason} help={text.reasonHelp} />
          <TextField name="until" label={text.until} help={text.untilHelp} type="date" optional />
          {act.error && <Failure title={text.failed} message={act.error.message} />}
          <div role="status">
            {act.isPending && (
              <Text as="p">{messages.protections.checked(formatNumber(looked), formatNumber(count))}</Text>
            )}
            {outcome && !act.isPending && <ProtectedOutcome outcome={outcome} />}
          </div>
          <Inline space="space.100">
            <Button type="submit" appearance="primary" isLoading={act.isPending}>
              {text.protect}
            </Button>
            <Button onClick={close}>{messages.cancel}</Button>
          </Inline>
        </Stack>
      </form>
    </Dialog>
  )
}
