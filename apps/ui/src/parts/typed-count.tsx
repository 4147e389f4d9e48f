// The admin types the number of users to confirm that they have read it.
import { messages } from '../messages'
import { Field } from './field'
import { formatNumber } from './format'

interface TypedCountProps {
  readonly count: number
  readonly onChange: (right: boolean) => void
}

export const TypedCount = ({ count, onChange }: TypedCountProps) => (
  <Field label={messages.typedCount(formatNumber(count))}>
    {(framed) => (
      <input
        {...framed}
        inputMode="numeric"
        autoComplete="off"
        onChange={({ target }) => onChange(target.value.replaceAll(/[\s.,']/g, '') === String(count))}
      />
    )}
  </Field>
)
