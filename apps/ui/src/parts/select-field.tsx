// One choice of a few. It uses the browser's list, which works with a keyboard and a screen reader.
import { Field } from './field'

interface Choice {
  readonly value: string
  readonly label: string
}

interface SelectFieldProps {
  readonly label: string
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onChange: (value: string) => void
}

export function SelectField({ label, value, choices, onChange }: SelectFieldProps) {
  return (
    <Field label={label}>
      {(framed) => (
        <select {...framed} value={value} onChange={({ target }) => onChange(target.value)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
