// Adding to the protected list: one subject to a line, pasted or read from a CSV file, whose first column is taken.
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useId, useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { EditField } from '../parts/edit-field'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import fieldStyles from '../parts/field.module.css'
import { useAct } from '../parts/use-act'
import { said } from '../parts/said'
import { subjectsIn } from './subjects'

const text = messages.protections
/** So many of them go with one request. */
const atOnce = 200

interface Outcome {
  readonly done: number
  readonly problems: readonly { readonly subject: string; readonly message: string }[]
}

export function AddProtection() {
  const id = useId()
  const [pasted, setPasted] = useState('')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const [outcome, setOutcome] = useState<Outcome>()
  const subjects = subjectsIn(pasted)
  const add = useAct(async (): Promise<Outcome> => {
    const [problems, rest] = [[] as Outcome['problems'][number][], until === '' ? { reason } : { reason, until }]
    let done = 0
    for (let start = 0; start < subjects.length; start += atOnce) {
      const answer = await client.ask('protectSeveral', {
        body: { subjects: subjects.slice(start, start + atOnce), ...rest },
      })
      done += answer.protected
      problems.push(...answer.problems)
    }
    return { done, problems }
  }, shown)
  /** What could not be protected stays, to be put right. */
  function shown(next: Outcome) {
    setOutcome(next)
    setPasted(next.problems.map(({ subject }) => subject).join('\n'))
  }
  async function readFile(file: File | undefined) {
    if (file !== undefined) setPasted(await file.text())
  }
  return (
    <Card title={text.add} testId="add-protection" span="full">
      <Stack space="space.150">
        <div className={fieldStyles['field']}>
          <label className={fieldStyles['label']} htmlFor={id}>
            {text.subjects}
          </label>
          <textarea
            id={id}
            className={fieldStyles['input']}
            rows={4}
            value={pasted}
            spellCheck={false}
            aria-describedby={`${id}-help`}
            onChange={({ target }) => setPasted(target.value)}
          />
          <span id={`${id}-help`} className={fieldStyles['help']}>
            {text.subjectsHelp}
          </span>
        </div>
        <label className={layout['check']}>
          {text.file}
          <input
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            onChange={({ target }) => void readFile(target.files?.[0])}
          />
        </label>
        <div className={layout['filters']}>
          <EditField label={text.reason} value={reason} onChange={setReason} />
          <EditField label={text.untilOptional} type="date" value={until} onChange={setUntil} />
        </div>
        {add.error && <Failure title={messages.protecting.failed} message={add.error.message} />}
        <Inline>
          <Button
            appearance="primary"
            isDisabled={subjects.length === 0 || reason.trim() === ''}
            isLoading={add.isPending}
            onClick={() => add.mutate()}
          >
            {text.protect(formatNumber(subjects.length))}
          </Button>
        </Inline>
        <div role="status">{outcome && <OutcomeLines outcome={outcome} />}</div>
      </Stack>
    </Card>
  )
}

function OutcomeLines({ outcome: { done, problems } }: { readonly outcome: Outcome }) {
  return (
    <Stack space="space.100">
      <Text as="p">{text.done(formatNumber(done), formatNumber(problems.length))}</Text>
      <ul className={layout['lines']}>
        {problems.map(({ subject, message }) => (
          <li key={subject}>{said(message)}</li>
        ))}
      </ul>
    </Stack>
  )
}
