// A labelled input with help. The form reads it on submit, so the page's state never contains an API key, and neither does
// its markup.
import { Field } from './field'

interface TextFieldProps {
  readonly name: string
  readonly label: string
  readonly help: string
  /** The browser neither shows nor stores the value. */
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
          // Browsers ignore "off" for passwords.
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
