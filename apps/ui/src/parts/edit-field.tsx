// One labelled line of input whose value the page holds, for what is shown elsewhere while it is typed.
import { useId } from 'react'
import styles from './text-field.module.css'

interface EditFieldProps {
  readonly label: string
  readonly help?: string
  readonly value: string
  readonly type?: 'text' | 'number' | 'date' | 'time' | 'datetime-local'
  readonly onChange: (value: string) => void
  readonly options?: readonly string[]
}

export function EditField({ label, help = '', value, type = 'text', onChange, options = [] }: EditFieldProps) {
  const id = useId()
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={styles['input']}
        type={type}
        value={value}
        autoComplete="off"
        {...(type === 'number' ? { step: 'any' } : {})}
        {...(options.length === 0 ? {} : { list: `${id}-options` })}
        {...(help === '' ? {} : { 'aria-describedby': `${id}-help` })}
        onChange={({ target }) => onChange(target.value)}
      />
      {options.length > 0 && (
        <datalist id={`${id}-options`}>
          {options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
      {help !== '' && (
        <span id={`${id}-help`} className={styles['help']}>
          {help}
        </span>
      )}
    </div>
  )
}
