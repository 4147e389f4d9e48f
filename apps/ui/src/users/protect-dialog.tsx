// Protecting those who are selected: with a reason, and until when. Whom it cannot protect it names.
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useState, type FormEvent } from 'react'
import { messages } from '../messages'
import { Dialog } from '../parts/dialog'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import { TextField } from '../parts/text-field'
import { useAct } from '../parts/use-act'
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
  const [outcome, setOutcome] = useState<Protected>()
  const act = useAct(
    // Whoever is protected already is so again: beginning anew does no harm.
    async (wanted: Protecting) => protectAll(await idsOf(), wanted),
    (found) => (found.problems.length === 0 && found.stopped === undefined ? onDone() : setOutcome(found)),
  )
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const entered = new FormData(event.currentTarget)
    const [reason, until] = [String(entered.get('reason')).trim(), String(entered.get('until')).trim()]
    act.mutate({ reason, ...(until === '' ? {} : { until }) })
  }
  return (
    <Dialog title={text.title(formatNumber(count), count)} onClose={onClose} testId="protect-dialog">
      <form onSubmit={submit}>
        <Stack space="space.200">
          <Text as="p">{text.means}</Text>
          <TextField name="reason" label={text.reason} help={text.reasonHelp} />
          <TextField name="until" label={text.until} help={text.untilHelp} type="date" optional />
          {act.error && <Failure title={text.failed} message={act.error.message} />}
          {outcome && <ProtectedOutcome outcome={outcome} />}
          <Inline space="space.100">
            <Button type="submit" appearance="primary" isLoading={act.isPending}>
              {text.protect}
            </Button>
            <Button onClick={onClose}>{messages.cancel}</Button>
          </Inline>
        </Stack>
      </form>
    </Dialog>
  )
}
