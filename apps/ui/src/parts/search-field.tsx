// A search field. It reports its text after a pause in typing.
import { useEffect, useRef } from 'react'
import { Field } from './field'
import { suggestionsOf, Options } from './options'

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Suggestions. */
  readonly options?: readonly string[]
}

const pauseMs = 250

export function SearchField({ label, value, onChange, options = [] }: SearchFieldProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const input = useRef<HTMLInputElement>(null)
  // The newest callback, so that other filters which changed in the meantime stay.
  const latest = useRef(onChange)
  const reported = useRef(value)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  // Keeps the text unless the search changed elsewhere: cleared, opened by a link, or by the back button.
  useEffect(() => {
    if (reported.current === value) return
    clearTimeout(timer.current)
    reported.current = value
    if (input.current) input.current.value = value
  }, [value])
  return (
    <Field label={label}>
      {(framed) => (
        <>
          <input
            {...framed}
            ref={input}
            type="search"
            autoComplete="off"
            spellCheck={false}
            defaultValue={value}
            {...suggestionsOf(framed, options)}
            onChange={({ target }) => {
              clearTimeout(timer.current)
              timer.current = setTimeout(() => {
                reported.current = target.value.trim()
                latest.current(reported.current)
              }, pauseMs)
            }}
          />
          <Options of={framed} options={options} />
        </>
      )}
    </Field>
  )
}
