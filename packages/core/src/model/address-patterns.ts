// Many email patterns at once: which of them an address fits, without a test of each.

import { foldName } from './same-name.js'
import { wildcard } from './wildcard.js'

interface Compiled<Of> {
  readonly of: Of
  readonly local: string
  readonly fits: (folded: string) => boolean
}

/** How many characters at the beginning or the end of a pattern are a key. */
const longestKey = 4

function put<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}

/** Finds candidates by the part before the @: by the whole, by its end, by its beginning; few are left for all. */
function byLocalPart<Of>(patterns: readonly Compiled<Of>[]) {
  const [whole, ends, beginnings] = [0, 1, 2].map(() => new Map<string, Compiled<Of>[]>()) as [
    Map<string, Compiled<Of>[]>,
    Map<string, Compiled<Of>[]>,
    Map<string, Compiled<Of>[]>,
  ]
  const others: Compiled<Of>[] = []
  for (const one of patterns) {
    const parts = one.local.split('*')
    const [first = '', last = ''] = [parts[0], parts.at(-1)]
    if (parts.length === 1) put(whole, one.local, one)
    else if (last !== '') put(ends, last.slice(-longestKey), one)
    else if (first !== '') put(beginnings, first.slice(0, longestKey), one)
    else others.push(one)
  }
  return (local: string): readonly Compiled<Of>[] => {
    const found = [...(whole.get(local) ?? []), ...others]
    for (let length = 1; length <= Math.min(longestKey, local.length); length += 1) {
      if (ends.size > 0) found.push(...(ends.get(local.slice(-length)) ?? []))
      if (beginnings.size > 0) found.push(...(beginnings.get(local.slice(0, length)) ?? []))
    }
    return found
  }
}

/** Makes the function that finds the patterns which an address fits. */
export function addressPatterns<Of>(
  patterns: readonly { readonly pattern: string; readonly of: Of }[],
): (email: string) => readonly Of[] {
  const all = patterns.map(({ pattern, of }) => {
    const folded = foldName(pattern)
    const at = folded.lastIndexOf('@')
    const domain = at < 0 ? undefined : wildcard(folded.slice(at + 1))
    return { of, domain, local: at < 0 ? '*' : folded.slice(0, at), fits: wildcard(folded).testFolded }
  })
  const byDomain = new Map<string, ReturnType<typeof byLocalPart<Of>>>()
  return (email) => {
    if (all.length === 0) return []
    const folded = foldName(email)
    const at = folded.indexOf('@')
    // A pattern with an @ matches an address with one @ only part by part.
    if (at < 0 || at !== folded.lastIndexOf('@')) return all.filter(({ fits }) => fits(folded)).map(({ of }) => of)
    const domain = folded.slice(at + 1)
    let candidates = byDomain.get(domain)
    if (candidates === undefined) {
      candidates = byLocalPart(all.filter((one) => one.domain?.testFolded(domain) ?? true))
      byDomain.set(domain, candidates)
    }
    return candidates(folded.slice(0, at))
      .filter(({ fits }) => fits(folded))
      .map(({ of }) => of)
  }
}
