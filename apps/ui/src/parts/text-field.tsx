// One labelled line of input, with what it is for below it. It is read when the form is sent, and not before: what was
// typed is never in the page's own state, and a key never in its markup.
import { Field } from './field'

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
  return (
    <Field label={label} help={help}>
      {(framed) => (
        <input
          {...framed}
          name={name}
          type={secret ? 'password' : type}
          // "off" is not heeded for passwords.
          autoComplete={secret ? 'new-password' : 'off'}
          autoCapitalize="none"
          spellCheck={false}
          required={!optional}
          defaultValue={initial}
        />
      )}
    </Field>
  )
}
