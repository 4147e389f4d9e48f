// Adds to the protected list: one subject per line, pasted or from the first column of a CSV file.
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useId, useState } from 'react'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { EditField } from '../parts/edit-field'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import fieldStyles from '../parts/field.module.css'
import { useAction } from '../parts/use-action'
import { protectAll, type Protected } from './protect-all'
import { ProtectedOutcome } from './protected-outcome'
import { subjectsIn } from './subjects'

const text = messages.protections

export function AddProtection() {
  const id = useId()
  const [pasted, setPasted] = useState('')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const [outcome, setOutcome] = useState<Protected>()
  const [looked, setLooked] = useState(0)
  const subjects = subjectsIn(pasted)
  const add = useAction(() => protectAll(subjects, until === '' ? { reason } : { reason, until }, setLooked), shown)
  /** Subjects with problems stay in the field, so that the admin can correct them. */
  function shown(next: Protected) {
    setOutcome(next)
    setPasted([...next.problems.map(({ subject }) => subject), ...(next.stopped?.left ?? [])].join('\n'))
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
            readOnly={add.isPending}
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
          <EditField label={text.reason} help={text.reasonHelp} value={reason} onChange={setReason} />
          <EditField label={text.untilOptional} type="date" value={until} onChange={setUntil} />
        </div>
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
        <div role="status">
          {add.isPending && <Text as="p">{text.checked(formatNumber(looked), formatNumber(subjects.length))}</Text>}
          {outcome && !add.isPending && <ProtectedOutcome outcome={outcome} />}
        </div>
      </Stack>
    </Card>
  )
}
