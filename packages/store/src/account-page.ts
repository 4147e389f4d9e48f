// One page of accounts: first the keys, from an index that also filters, then the documents of these keys only.

import { productIn, type Account, type AccountPage, type AccountQuery } from '@rollcall/core'
import { sql, type Kysely } from 'kysely'
import {
  accountsMatching,
  formatCursor,
  parseCursor,
  sortColumns,
  usersMatching,
  type Cursor,
  type Filters,
} from './account-query.js'
import { dialectOf } from './dialect.js'
import { fromDocument } from './document.js'
import { inPieces } from './pieces.js'
import type { Schema } from './schema.js'
import { narrowedBySearch } from './narrowed-search.js'

interface PageRow {
  readonly doc: string
  readonly account_id: string
  readonly sort_value: string | number | bigint
}

/** Selects the keys of the accounts after a cursor, with the values that they are sorted by. */
function keys(db: Kysely<Schema>, query: AccountQuery & Filters, from: Cursor | undefined, limit: number) {
  const { sort = 'accountId', search } = query
  const dialect = dialectOf(db)
  const place = sort === 'lastActive' ? productIn(query) : undefined
  const table = place === undefined ? 'accounts' : 'access'
  const [id, column] = [
    sql.ref<string>(`${table}.account_id`),
    sql.ref<PageRow['sort_value']>(`${table}.${sortColumns[sort]}`),
  ]
  let select = (place === undefined ? accountsMatching(db, query) : usersMatching(db, query, place))
    .select([id.as('account_id'), column.as('sort_value')])
    .limit(limit)
  if (sort !== 'accountId') select = select.orderBy(search === undefined ? column : dialect.unindexed(column))
  if (from !== undefined)
    select = select.where(
      sort === 'accountId'
        ? sql<boolean>`${id} > ${from.accountId}`
        : dialect.after(column, id, from.value, from.accountId),
    )
  return select.orderBy(id)
}

/** Reads the rows of a page with their documents. */
function readRows(
  db: Kysely<Schema>,
  query: AccountQuery & Filters,
  from: Cursor | undefined,
  limit: number,
): Promise<readonly PageRow[]> {
  const page = keys(db, query, from, limit)
  if (!dialectOf(db).documentsLast) return page.select('accounts.doc').execute()
  return db
    .selectFrom(page.as('page'))
    .innerJoin('accounts', (join) =>
      join.onRef('accounts.account_id', '=', 'page.account_id').on('accounts.snapshot_id', '=', query.snapshotId),
    )
    .select(['accounts.doc', 'page.account_id', 'page.sort_value'])
    .orderBy('page.sort_value')
    .orderBy('page.account_id')
    .execute()
}

/** Reads one page of accounts. Throws a `RangeError` for a limit below 1. */
export async function readPage(db: Kysely<Schema>, query: AccountQuery): Promise<AccountPage> {
  const { sort = 'accountId', after, limit } = query
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new RangeError(`A page of accounts needs a limit of at least 1, not ${limit}.`)
  const placeOf = ({ sort_value: value, account_id: accountId }: PageRow): Cursor => ({
    value: sort === 'lastActive' ? Number(value) : String(value),
    accountId,
  })
  const begin = after === undefined ? undefined : parseCursor(after, sort)
  const rows: PageRow[] = []
  for await (const narrowed of narrowedBySearch(db, query, begin)) {
    const more = await inPieces(db, limit + 1 - rows.length, (size, last: PageRow | undefined) =>
      readRows(db, narrowed, last === undefined ? begin : placeOf(last), size),
    )
    rows.push(...more)
    if (rows.length > limit) break
  }
  const shown = rows.slice(0, limit)
  const accounts = shown.map((row) => fromDocument<Account>(row.doc))
  const last = shown.at(-1)
  return rows.length <= limit || last === undefined ? { accounts } : { accounts, next: formatCursor(placeOf(last)) }
}
