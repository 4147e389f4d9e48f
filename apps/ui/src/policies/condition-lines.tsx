// The conditions of a policy. A user has to match all of them; each has a value and can be negated.
import Button from '@atlaskit/button/new'
import { Stack } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import { EditField } from '../parts/edit-field'
import { Empty } from '../parts/empty'
import layout from '../parts/layout.module.css'
import { SelectField } from '../parts/select-field'
import {
  conditionNames,
  linesIn,
  initialValueOf,
  withLines,
  type ConditionLine,
  valueKindOf,
  type Draft,
} from './draft'

const text = messages.policies

interface ConditionLinesProps {
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
}

export function ConditionLines({ draft, onChange }: ConditionLinesProps) {
  const lines = linesIn(draft)
  if (lines === undefined) return <Empty>{text.nested}</Empty>
  const put = (next: readonly ConditionLine[]) => onChange(withLines(draft, next))
  const change = (index: number, next: Partial<ConditionLine>) =>
    put(lines.map((line, at) => (at === index ? { ...line, ...next } : line)))
  return (
    <fieldset className={layout['fieldset']}>
      <legend>{text.who}</legend>
      <Stack space="space.100" alignInline="start">
        {lines.map((line, index) => (
          <div key={index} className={layout['filters']} role="group" aria-label={text.condition(index + 1)}>
            <SelectField
              label={text.isOrNot}
              value={line.not ? 'not' : 'is'}
              choices={[
                { value: 'is', label: text.is },
                { value: 'not', label: text.isNot },
              ]}
              onChange={(value) => change(index, { not: value === 'not' })}
            />
            <SelectField
              label={text.conditionName}
              value={line.id}
              choices={conditionNames.map((value) => ({ value, label: text.conditions[value] }))}
              onChange={(id) => change(index, { id, value: initialValueOf(id) })}
            />
            <ValueField line={line} onChange={(value) => change(index, { value })} />
            {lines.length > 1 && (
              <Button appearance="subtle" onClick={() => put(lines.filter((_, at) => at !== index))}>
                {text.removeCondition(index + 1)}
              </Button>
            )}
          </div>
        ))}
        <Button onClick={() => put([...lines, { id: 'in-group', value: '', not: true }])}>{text.addCondition}</Button>
      </Stack>
    </fieldset>
  )
}

interface ValueFieldProps {
  readonly line: ConditionLine
  readonly onChange: (value: unknown) => void
}

function ValueField({ line: { id, value }, onChange }: ValueFieldProps) {
  const kind = valueKindOf(id) ?? 'text'
  if (kind === 'yes-no')
    return (
      <SelectField
        label={text.value}
        value={String(value)}
        choices={Object.entries(text.yesNo).map(([one, label]) => ({ value: one, label }))}
        onChange={(one) => onChange(one === 'true')}
      />
    )
  if (kind === 'status')
    return (
      <SelectField
        label={text.value}
        value={String(value)}
        choices={Object.entries(text.statuses).map(([one, label]) => ({ value: one, label }))}
        onChange={onChange}
      />
    )
  return (
    <EditField
      label={text.value}
      help={text.valueHelp[kind]}
      value={String(value ?? '')}
      type={kind === 'date' ? 'date' : 'text'}
      onChange={onChange}
    />
  )
}
