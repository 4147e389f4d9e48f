// What may be meant in a field, offered while it is typed.
import type { Framed } from './field'

/** What the input carries, so that the options belong to it. */
export const offered = ({ id }: Framed, options: readonly string[]) =>
  options.length === 0 ? {} : { list: `${id}-options` }

export function Options({ of: { id }, options }: { readonly of: Framed; readonly options: readonly string[] }) {
  if (options.length === 0) return null
  return (
    <datalist id={`${id}-options`}>
      {options.map((option) => (
        <option key={option} value={option} />
      ))}
    </datalist>
  )
}
