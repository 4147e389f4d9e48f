// Lists that begin with the newest, in pages by key: the place of a row is its instant and its id.

import { UsageError } from '@rollcall/core'
import { sql, type RawBuilder } from 'kysely'
import type { Dialect } from './dialect.js'

export interface PageAsked {
  readonly after?: string
  readonly limit: number
}

/** Reads back the place that a page has handed out; throws a UsageError when it is none. */
function placeOf(text: string): readonly [at: number, id: string] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    parsed = undefined
  }
  const [at, id, ...rest]: readonly unknown[] = Array.isArray(parsed) ? parsed : []
  if (typeof at === 'number' && Number.isSafeInteger(at) && typeof id === 'string' && rest.length === 0) return [at, id]
  throw new UsageError(`"${text.slice(0, 80)}" is not a place in this list. Begin again at the first page.`)
}

/** The rows behind the place that a page begins at; undefined at the first page. */
export function behind(
  { after, limit }: PageAsked,
  [column, id]: readonly [column: string, id: string],
  dialect: Dialect,
): RawBuilder<boolean> | undefined {
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new RangeError(`A page needs a limit of at least 1, not ${limit}.`)
  return after === undefined ? undefined : dialect.before(sql.ref(column), sql.ref(id), ...placeOf(after))
}

/** Cuts a page out of one row more than it holds, which says whether another page follows. */
export function cut<Row>(
  rows: readonly Row[],
  { limit }: PageAsked,
  place: (row: Row) => readonly [at: number, id: string],
): { readonly shown: readonly Row[]; readonly next?: string } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { shown, ...(rows.length > limit && last !== undefined ? { next: JSON.stringify(place(last)) } : {}) }
}
