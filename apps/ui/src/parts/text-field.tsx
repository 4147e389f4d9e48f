// One labelled line of input, with what it is for below it. It is read when the form is sent, and not before: what was
// typed is never in the page's own state, and a key never in its markup.
import { useId } from 'react'
import styles from './text-field.module.css'

interface TextFieldProps {
  readonly name: string
  readonly label: string
  readonly help: string
  /** Never shown while it is typed, nor kept by the browser. */
  readonly secret?: boolean
  readonly optional?: boolean
  readonly initial?: string
  readonly type?: 'text' | 'date'
}

export function TextField(props: TextFieldProps) {
  const { name, label, help, secret = false, optional = false, initial = '', type = 'text' } = props
  const id = useId()
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={styles['input']}
        name={name}
        type={secret ? 'password' : type}
        // "off" is not heeded for passwords.
        autoComplete={secret ? 'new-password' : 'off'}
        autoCapitalize="none"
        spellCheck={false}
        required={!optional}
        aria-describedby={`${id}-help`}
        defaultValue={initial}
      />
      <span id={`${id}-help`} className={styles['help']}>
        {help}
      </span>
    </div>
  )
}
