// Patterns that admins type: `*` stands for any text. Case does not matter. Matches in linear time: no pattern can freeze
// the process.

import { foldName } from './same-name.js'

export interface Wildcard {
  readonly test: (text: string) => boolean
}

/** Compiles a pattern; several `*` in a row count as one. */
export function wildcard(pattern: string): Wildcard {
  const [first = '', ...rest] = foldName(pattern).split(/\*+/)
  const last = rest.pop()
  if (last === undefined) return { test: (text) => foldName(text) === first }
  return {
    test(text) {
      const folded = foldName(text)
      const end = folded.length - last.length
      if (end < first.length || !folded.startsWith(first) || !folded.endsWith(last)) return false
      let from = first.length
      // The earliest place of each part leaves the most text for the parts behind it, so there is no way back.
      for (const part of rest) {
        const at = folded.indexOf(part, from)
        if (at < 0) return false
        from = at + part.length
        if (from > end) return false
      }
      return true
    },
  }
}
