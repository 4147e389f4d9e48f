// One labelled line of input whose value the page holds, for what is shown elsewhere while it is typed.
import { Field } from './field'

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
    <Field label={label} {...(help === undefined ? {} : { help })}>
      {(framed) => (
        <>
          <input
            {...framed}
            type={type}
            value={value}
            autoComplete="off"
            {...(type === 'number' ? { step: 'any' } : {})}
            {...(options.length === 0 ? {} : { list: `${framed.id}-options` })}
            onChange={({ target }) => onChange(target.value)}
          />
          {options.length > 0 && (
            <datalist id={`${framed.id}-options`}>
              {options.map((option) => (
                <option key={option} value={option} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  )
}
