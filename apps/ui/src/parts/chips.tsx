// A row of choices, each with its count. One of them is selected.
import styles from './chips.module.css'

interface Chip<Value> {
  readonly value: Value
  readonly label: string
}

interface ChipsProps<Value> {
  readonly label: string
  readonly chips: readonly Chip<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

export function Chips<Value extends string | undefined>({ label, chips, value, onChange }: ChipsProps<Value>) {
  return (
    <div className={styles['chips']} role="group" aria-label={label}>
      {chips.map((chip) => (
        <button
          key={chip.value ?? ''}
          type="button"
          className={styles['chip']}
          aria-pressed={chip.value === value}
          onClick={() => onChange(chip.value)}
        >
          {chip.label}
        </button>
      ))}
    </div>
  )
}
