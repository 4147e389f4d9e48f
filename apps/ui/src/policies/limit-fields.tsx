// The limits per run of a policy. For an empty field, the organization's limit applies.
import { isRecord } from '../host/problem'
import { messages } from '../messages'
import { EditField } from '../parts/edit-field'
import layout from '../parts/layout.module.css'

const text = messages.policies
const names = ['accounts', 'percent', 'take'] as const

interface LimitFieldsProps {
  readonly limits: unknown
  readonly onChange: (limits: Readonly<Record<string, unknown>> | undefined) => void
}

export function LimitFields({ limits: given, onChange }: LimitFieldsProps) {
  const limits = isRecord(given) ? given : {}
  function set(name: string, value: string) {
    const { [name]: _, ...rest } = limits
    const next = value === '' ? rest : { ...rest, [name]: Number(value) }
    onChange(Object.keys(next).length === 0 ? undefined : next)
  }
  return (
    <fieldset className={layout['fieldset']}>
      <legend>{text.limits}</legend>
      <div className={layout['filters']}>
        {names.map((name) => (
          <EditField
            key={name}
            label={text.limit[name]}
            type="number"
            value={typeof limits[name] === 'number' ? String(limits[name]) : ''}
            onChange={(value) => set(name, value)}
          />
        ))}
      </div>
    </fieldset>
  )
}
