// The query of accounts: filters, three orders, and the cursor from page to page.

import { productIn, UsageError, type AccountQuery, type AccountSort } from '@rollcall/core'
import { sql, type Expression, type ExpressionBuilder, type Kysely, type Selectable, type SqlBool } from 'kysely'
import { groupKeys, searchText } from './account-rows.js'
import { dialectOf } from './dialect.js'
import type { AccountRow, Schema } from './schema.js'

/** The column of each order; the account id breaks ties. `last_active` also exists for each product. */
export const sortColumns = {
  accountId: 'account_id',
  name: 'name_lower',
  lastActive: 'last_active',
} as const satisfies Record<AccountSort, string>

/** The position of a row in an order. */
export interface Cursor {
  readonly value: string | number
  readonly accountId: string
}

/** Writes a cursor as the opaque text that a page returns. */
export const formatCursor = ({ value, accountId }: Cursor): string => JSON.stringify([value, accountId])

/** Reads a cursor. Throws a `UsageError` for a text that is not a cursor of this order. */
export function parseCursor(text: string, sort: AccountSort): Cursor {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    parsed = undefined
  }
  const [value, accountId, ...rest]: readonly unknown[] = Array.isArray(parsed) ? parsed : []
  const fits = sort === 'lastActive' ? Number.isSafeInteger(value) : typeof value === 'string'
  if (
    fits &&
    (typeof value === 'string' || typeof value === 'number') &&
    typeof accountId === 'string' &&
    rest.length === 0 &&
    (sort !== 'accountId' || value === accountId)
  )
    return { value, accountId }
  throw new UsageError(
    `"${text.slice(0, 80)}" is not a place in the list of accounts sorted by ${sort}. Begin again at the first page.`,
  )
}

// `!` escapes itself and the two wildcards; a backslash would mean different things to different engines.
const containing = (text: string): string => `%${searchText(text).replaceAll(/[!%_]/g, '!$&')}%`

/** The filters of a query, without paging and order. */
export type Filters = Omit<AccountQuery, 'limit' | 'after' | 'sort'> & {
  /** Only these accounts, when a search has found them already. */
  readonly among?: readonly string[]
}
export type Place = NonNullable<ReturnType<typeof productIn>>

/** Selects the accounts that match. The indexes cover every filter except the search. */
export function accountsMatching(db: Kysely<Schema>, query: Filters) {
  const hint = query.search === undefined ? dialectOf(db).indexesOnly : sql``
  const accounts = sql<Selectable<AccountRow>>`accounts`.as<'accounts'>(sql`accounts${hint}`)
  return db.selectFrom(accounts).where((eb) => filtersOf(eb, query))
}

/**
 * Selects the accounts that match, through their access to one product, whose index sorts by activity on it.
 * An account has access to a product of a site at most once.
 */
export function usersMatching(db: Kysely<Schema>, { inactiveBefore, ...query }: Filters, place: Place) {
  const { product: _product, site: _site, ...others } = query
  const users = accountsMatching(db, others)
    .innerJoin('account_products as access', 'access.account_id', 'accounts.account_id')
    .where('access.snapshot_id', '=', query.snapshotId)
    .where('access.product', '=', place.product)
    .where('access.site', '=', place.site)
  if (inactiveBefore === undefined) return users
  // An account that is inactive since then was not active later, which limits the range of the index.
  return users.where('access.inactive_since', '<', inactiveBefore).where('access.last_active', '<', inactiveBefore)
}

/** The conditions of a query; an account must meet all. */
function filtersOf(eb: ExpressionBuilder<Schema, 'accounts'>, query: Filters): Expression<SqlBool> {
  const { snapshotId, search, status, managed, product, site, inGroup, inactiveBefore, seats } = query
  const all: Expression<SqlBool>[] = [eb('accounts.snapshot_id', '=', snapshotId)]
  if (query.among !== undefined) all.push(eb('accounts.account_id', 'in', query.among))
  if (status !== undefined) all.push(eb('accounts.status', '=', status))
  // A seat is held by an active account with access: see `paidSeatsOf` of core.
  if (seats === 'held') all.push(eb('accounts.status', '=', 'active'))
  if (seats === 'held-or-unknown') all.push(eb('accounts.status', 'in', ['active', 'unknown']))
  if (managed !== undefined) all.push(eb('accounts.managed', '=', managed ? 1 : 0))
  const ofProduct = productIn(query) !== undefined
  if (inactiveBefore !== undefined && !ofProduct) all.push(eb('accounts.inactive_since', '<', inactiveBefore))
  // An engine may end a text at NUL, and would then take this pattern for one that everything matches.
  if (search?.includes('\0') === true) all.push(sql<SqlBool>`1 = 0`)
  else if (search !== undefined && search !== '')
    all.push(sql<SqlBool>`${sql.ref('accounts.search_lower')} like ${containing(search)} escape '!'`)
  if (product !== undefined || site !== undefined) {
    let access = eb
      .selectFrom('account_products as access')
      .select('access.account_id')
      .whereRef('access.snapshot_id', '=', 'accounts.snapshot_id')
      .whereRef('access.account_id', '=', 'accounts.account_id')
    if (product !== undefined) access = access.where('access.product', '=', product)
    if (site !== undefined) access = access.where('access.site', '=', site)
    if (inactiveBefore !== undefined && ofProduct) access = access.where('access.inactive_since', '<', inactiveBefore)
    all.push(eb.exists(access))
  }
  if (inGroup !== undefined) {
    const members = eb
      .selectFrom('account_groups as members')
      .select('members.account_id')
      .where('members.snapshot_id', '=', snapshotId)
      .where('members.group_lower', 'in', groupKeys(inGroup))
    all.push(eb('accounts.account_id', 'in', members))
  }
  return eb.and(all)
}
