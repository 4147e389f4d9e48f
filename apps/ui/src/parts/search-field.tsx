// Looks for something while it is typed: the question is asked once the typing pauses.
import { useEffect, useRef } from 'react'
import { Field } from './field'

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

const pauseMs = 250

export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => () => clearTimeout(timer.current), [])
  // What was typed stays, unless the search was changed elsewhere: cleared, or opened by a link.
  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = value
  }, [value])
  return (
    <Field label={label}>
      {(framed) => (
        <input
          {...framed}
          ref={input}
          type="search"
          autoComplete="off"
          spellCheck={false}
          defaultValue={value}
          onChange={({ target }) => {
            clearTimeout(timer.current)
            timer.current = setTimeout(() => onChange(target.value.trim()), pauseMs)
          }}
        />
      )}
    </Field>
  )
}
