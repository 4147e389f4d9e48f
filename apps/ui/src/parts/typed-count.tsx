// The number of accounts, typed by whoever confirms: so that it was read.
import { useId } from 'react'
import { messages } from '../messages'
import { formatNumber } from './format'
import styles from './text-field.module.css'

interface TypedCountProps {
  readonly count: number
  readonly onChange: (right: boolean) => void
}

export function TypedCount({ count, onChange }: TypedCountProps) {
  const id = useId()
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {messages.typedCount(formatNumber(count))}
      </label>
      <input
        id={id}
        className={styles['input']}
        inputMode="numeric"
        autoComplete="off"
        onChange={({ target }) => onChange(target.value.replaceAll(/[\s.,']/g, '') === String(count))}
      />
    </div>
  )
}
