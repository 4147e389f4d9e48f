// Suggestions for a field while an admin types.
import type { Framed } from './field'

/** The attribute that connects an input with its suggestions. */
export const suggestionsOf = ({ id }: Framed, options: readonly string[]) =>
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
