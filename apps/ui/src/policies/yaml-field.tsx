// A policy as YAML: the same text as a policy file.
import { useId } from 'react'
import { messages } from '../messages'
import fieldStyles from '../parts/field.module.css'
import styles from './yaml-field.module.css'

const text = messages.policies

interface YamlFieldProps {
  readonly value: string
  readonly broken: string | undefined
  readonly onChange: (value: string) => void
}

export function YamlField({ value, broken, onChange }: YamlFieldProps) {
  const id = useId()
  return (
    <div className={styles['field']}>
      <label className={fieldStyles['label']} htmlFor={id}>
        {text.yamlLabel}
      </label>
      <textarea
        id={id}
        className={`${fieldStyles['input']} ${styles['area']}`}
        value={value}
        rows={Math.min(30, value.split('\n').length + 2)}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={broken !== undefined}
        aria-describedby={`${id}-broken`}
        onChange={({ target }) => onChange(target.value)}
      />
      <pre id={`${id}-broken`} className={styles['broken']} role="status">
        {broken}
      </pre>
    </div>
  )
}
