// Narrows a query with a search to the accounts that it finds, so that no statement looks through all rows.

import type { AccountSort } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { searchText } from './account-rows.js'
import type { Cursor, Filters } from './account-query.js'
import { dialectOf } from './dialect.js'
import { pause } from './pause.js'
import type { Schema } from './schema.js'
import { idsContaining } from './search-text.js'

/** Accounts per statement: first few, since most pages are full soon, then more. */
const [firstAccounts, atOnce] = [100, 2000]

/**
 * Yields the query for portions of the found accounts, by id; nothing where there are none. Yields the query as it is
 * without a search, on MySQL, and for another order with many found accounts: the first of them fill a page soon.
 */
export async function* narrowedBySearch<Query extends Filters & { readonly sort?: AccountSort }>(
  db: Kysely<Schema>,
  query: Query,
  from?: Cursor,
): AsyncGenerator<Query> {
  const { snapshotId, search = '', sort = 'accountId' } = query
  const searches = search !== '' && !search.includes('\0') && dialectOf(db).name === 'sqlite'
  const ids = searches ? await idsContaining(db, snapshotId, searchText(search)) : undefined
  if (ids === undefined || (sort !== 'accountId' && ids.length > atOnce)) return yield query
  const rest = sort === 'accountId' && from !== undefined ? ids.filter((id) => id > from.accountId) : ids
  let size = sort === 'accountId' ? firstAccounts : atOnce
  for (let start = 0; start < rest.length;) {
    if (start > 0) await pause()
    yield { ...query, among: rest.slice(start, start + size) }
    start += size
    size = atOnce
  }
}
