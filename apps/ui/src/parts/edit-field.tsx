// A labelled input whose value the component above controls.
import { Field } from './field'
import { suggestionsOf, Options } from './options'

interface EditFieldProps {
  readonly label: string
  readonly help?: string | undefined
  readonly value: string
  readonly type?: 'text' | 'number' | 'date' | 'time' | 'datetime-local'
  readonly onChange: (value: string) => void
  readonly options?: readonly string[]
}

export function EditField({ label, help, value, type = 'text', onChange, options = [] }: EditFieldProps) {
  return (
    <Field label={label} help={help}>
      {(framed) => (
        <>
          <input
            {...framed}
            type={type}
            value={value}
            autoComplete="off"
            step={type === 'number' ? 'any' : undefined}
            {...suggestionsOf(framed, options)}
            onChange={({ target }) => onChange(target.value)}
          />
          <Options of={framed} options={options} />
        </>
      )}
    </Field>
  )
}
