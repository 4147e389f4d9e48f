// The frame of every field: the label above, the help below.
import { useId, type ReactNode } from 'react'
import styles from './field.module.css'

/** The attributes that connect the control with its label and help. */
export interface Framed {
  readonly id: string
  readonly className: string | undefined
  readonly 'aria-describedby'?: string
}

interface FieldProps {
  readonly label: string
  readonly help?: string | undefined
  readonly children: (framed: Framed) => ReactNode
}

export function Field({ label, help = '', children }: FieldProps) {
  const id = useId()
  const described = help === '' ? {} : { 'aria-describedby': `${id}-help` }
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      {children({ id, className: styles['input'], ...described })}
      {help !== '' && (
        <span id={`${id}-help`} className={styles['help']}>
          {help}
        </span>
      )}
    </div>
  )
}
