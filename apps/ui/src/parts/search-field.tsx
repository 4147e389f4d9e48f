// Looks for something while it is typed: the question is asked once the typing pauses.
import { useEffect, useRef } from 'react'
import { Field } from './field'
import { offered, Options } from './options'

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** What may be meant. */
  readonly options?: readonly string[]
}

const pauseMs = 250

export function SearchField({ label, value, onChange, options = [] }: SearchFieldProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const input = useRef<HTMLInputElement>(null)
  // What else was chosen while it was typed stays chosen.
  const newest = useRef(onChange)
  const told = useRef(value)
  useEffect(() => {
    newest.current = onChange
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  // What was typed stays, unless the search was changed elsewhere: cleared, opened by a link, or by the way back.
  useEffect(() => {
    if (told.current === value) return
    clearTimeout(timer.current)
    told.current = value
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
            {...offered(framed, options)}
            onChange={({ target }) => {
              clearTimeout(timer.current)
              timer.current = setTimeout(() => {
                told.current = target.value.trim()
                newest.current(told.current)
              }, pauseMs)
            }}
          />
          <Options of={framed} options={options} />
        </>
      )}
    </Field>
  )
}
