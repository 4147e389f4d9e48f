// Lists with the newest first, in pages by key: the cursor is the instant and id of a row.

import { UsageError } from '@rollcall/core'
import { sql, type RawBuilder } from 'kysely'
import type { Dialect } from './dialect.js'

export interface PageAsked {
  readonly after?: string
  readonly limit: number
}

/** Reads a cursor that a page returned. Throws a `UsageError` for any other text. */
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

/** The condition for the rows after a cursor; undefined on the first page. */
export function behind(
  { after, limit }: PageAsked,
  [column, id]: readonly [column: string, id: string],
  dialect: Dialect,
): RawBuilder<boolean> | undefined {
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new RangeError(`A page needs a limit of at least 1, not ${limit}.`)
  return after === undefined ? undefined : dialect.before(sql.ref(column), sql.ref(id), ...placeOf(after))
}

/** Cuts a page out of one row more than it holds; the extra row shows that another page follows. */
export function cut<Row>(
  rows: readonly Row[],
  { limit }: PageAsked,
  place: (row: Row) => readonly [at: number, id: string],
): { readonly shown: readonly Row[]; readonly next?: string } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { shown, ...(rows.length > limit && last !== undefined ? { next: JSON.stringify(place(last)) } : {}) }
}
