// Sorts lists in memory newest first, and cuts them into pages by key.

import { compareText } from './memory-accounts.js'

type Key = readonly [at: number, id: string]

const compare = ([a, idOfA]: Key, [b, idOfB]: Key): number => b - a || compareText(idOfB, idOfA)

/** Sorts values, newest first. */
export const newest = <T>(values: Iterable<T>, at: (value: T) => number, id: (value: T) => string): T[] =>
  [...values].toSorted((a, b) => compare([at(a), id(a)], [at(b), id(b)]))

/** Cuts one page out of values, newest first. */
export function newestPage<T>(
  values: readonly T[],
  { after, limit }: { readonly after?: string; readonly limit: number },
  key: (value: T) => Key,
): { readonly rows: readonly T[]; readonly next?: string } {
  const start = after === undefined ? undefined : (JSON.parse(after) as Key)
  const rest = values
    .filter((value) => start === undefined || compare(key(value), start) > 0)
    .toSorted((a, b) => compare(key(a), key(b)))
  const rows = rest.slice(0, limit)
  const last = rows.at(-1)
  return { rows, ...(rest.length > limit && last !== undefined ? { next: JSON.stringify(key(last)) } : {}) }
}
