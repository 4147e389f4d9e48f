// Patterns that admins type: `*` stands for any text. Case does not matter. Matches in linear time, whatever the pattern.

import { foldName } from './same-name.js'

export interface Wildcard {
  readonly test: (text: string) => boolean
  /** The same for a text that is folded already. */
  readonly testFolded: (folded: string) => boolean
}

/** Compiles a pattern; several `*` in a row count as one. */
export function wildcard(pattern: string): Wildcard {
  const [first = '', ...rest] = foldName(pattern).split(/\*+/)
  const last = rest.pop()
  const testFolded = (folded: string): boolean => {
    if (last === undefined) return folded === first
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
  }
  return { testFolded, test: (text) => testFolded(foldName(text)) }
}
