// Protecting those who are selected: with a reason, and until when. Whom it cannot protect it names.
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useState, type FormEvent } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Dialog } from '../parts/dialog'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { TextField } from '../parts/text-field'
import { useAct } from '../parts/use-act'

const text = messages.protecting
/** So many of them go with one request. */
const atOnce = 200

interface ProtectDialogProps {
  readonly count: number
  readonly idsOf: () => Promise<readonly string[]>
  readonly onClose: () => void
  readonly onDone: () => void
}

interface Wanted {
  readonly reason: string
  readonly until?: string
}

export function ProtectDialog({ count, idsOf, onClose, onDone }: ProtectDialogProps) {
  const [problems, setProblems] = useState<readonly string[]>([])
  const act = useAct(
    async (wanted: Wanted) => {
      const ids = await idsOf()
      const found: string[] = []
      for (let start = 0; start < ids.length; start += atOnce) {
        const body = { ...wanted, subjects: ids.slice(start, start + atOnce) }
        found.push(...(await client.ask('protectSeveral', { body })).problems.map(({ message }) => message))
      }
      return found
    },
    (found) => (found.length === 0 ? onDone() : setProblems(found)),
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
          {problems.length > 0 && (
            <ul className={layout['lines']} role="alert">
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          )}
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
