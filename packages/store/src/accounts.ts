// Accounts of snapshots: writing a page twice has the same result as once; snapshots are deleted in portions.

import { productIn, type Account, type SnapshotId, type Store } from '@rollcall/core'
import { sql, type ExpressionBuilder, type Kysely } from 'kysely'
import { readPage } from './account-page.js'
import { accountsMatching, type Filters } from './account-query.js'
import { accountRow, groupRows, groupKeys, productRows } from './account-rows.js'
import { dialectOf } from './dialect.js'
import { fromDocument } from './document.js'
import type { Schema } from './schema.js'
import { narrowedBySearch } from './narrowed-search.js'
import { forgetText } from './search-text.js'
import { readSome } from './some-accounts.js'
import { insertOnce, upsert } from './upsert.js'

const accountsPerWrite = 500
/** Group members per delete statement. */
const membersPerDrop = 10_000

/** Removes accounts from the groups of their stored documents, because members are indexed by group only. */
async function leaveGroups(db: Kysely<Schema>, id: SnapshotId, accountIds: readonly string[]): Promise<void> {
  const written = db.selectFrom('accounts').select('doc').where('snapshot_id', '=', id)
  const rows = await written.where('account_id', 'in', accountIds).execute()
  const members = new Map<string, string[]>()
  for (const row of rows.flatMap(({ doc }) => groupRows(id, fromDocument<Account>(doc))))
    members.set(row.group_lower, [...(members.get(row.group_lower) ?? []), row.account_id])
  for (const [group, ids] of members) {
    const leaving = db.deleteFrom('account_groups').where('snapshot_id', '=', id).where('group_lower', '=', group)
    await leaving.where('account_id', 'in', ids).execute()
  }
}

async function writeChunk(db: Kysely<Schema>, id: SnapshotId, accounts: readonly Account[]): Promise<void> {
  const accountIds = accounts.map((account) => account.accountId)
  // After a crash between these statements, a resumed sync writes the whole page again: it moves its cursor only after the
  // page is complete. Old group members go first, while the old documents still name the groups.
  await leaveGroups(db, id, accountIds)
  await upsert(
    db,
    'accounts',
    ['snapshot_id', 'account_id'],
    accounts.map((account) => accountRow(id, account)),
  )
  await db.deleteFrom('account_products').where('snapshot_id', '=', id).where('account_id', 'in', accountIds).execute()
  await insertOnce(
    db,
    'account_products',
    accounts.flatMap((account) => productRows(id, account)),
  )
  await insertOnce(
    db,
    'account_groups',
    accounts.flatMap((account) => groupRows(id, account)),
  )
}

async function dropMembers(db: Kysely<Schema>, id: string): Promise<void> {
  for (;;) {
    const members = db.selectFrom('account_groups').select(['group_lower', 'account_id']).where('snapshot_id', '=', id)
    const ordered = members.orderBy('group_lower').orderBy('account_id')
    const next = await ordered.limit(1).offset(membersPerDrop).executeTakeFirst()
    const dropping = db.deleteFrom('account_groups').where('snapshot_id', '=', id)
    if (next === undefined) return void (await dropping.execute())
    const { group_lower: group, account_id: account } = next
    const before = (eb: ExpressionBuilder<Schema, 'account_groups'>) =>
      eb.or([eb('group_lower', '<', group), eb.and([eb('group_lower', '=', group), eb('account_id', '<', account)])])
    await dropping.where(before).execute()
  }
}

// In portions, so that other processes do not wait long. Access rows go before accounts, so that a crash leaves no
// access row without an account.
async function dropSnapshot(db: Kysely<Schema>, id: string): Promise<void> {
  await dropMembers(db, id)
  for (;;) {
    const keys = await db
      .selectFrom('accounts')
      .select('account_id')
      .where('snapshot_id', '=', id)
      .orderBy('account_id')
      .limit(dialectOf(db).accountsPerDrop)
      .execute()
    const last = keys.at(-1)
    if (last === undefined) return
    for (const table of ['account_products', 'accounts'] as const)
      await db.deleteFrom(table).where('snapshot_id', '=', id).where('account_id', '<=', last.account_id).execute()
  }
}

const nothingIn = (filters: object): boolean => Object.values(filters).every((value) => value === undefined)

/** Counts the members of a group when there is no other filter. Each member has an account, so no join is needed. */
function membersAlone(db: Kysely<Schema>, { snapshotId, inGroup, ...others }: Filters) {
  if (inGroup === undefined || !nothingIn(others)) return undefined
  const members = db.selectFrom('account_groups').where('snapshot_id', '=', snapshotId)
  return members.where('group_lower', 'in', groupKeys(inGroup))
}

/** Counts the users of a product in the same way, including those who never used it. */
function usersAlone(db: Kysely<Schema>, { snapshotId, site, product, inactiveBefore, ...others }: Filters) {
  const place = productIn({ site, product })
  if (place === undefined || !nothingIn(others)) return undefined
  const users = db.selectFrom('account_products').where('snapshot_id', '=', snapshotId)
  const here = users.where('product', '=', place.product).where('site', '=', place.site)
  return inactiveBefore === undefined ? here : here.where('inactive_since', '<', inactiveBefore)
}

/** The store's methods for the accounts of snapshots. */
export function accountMethods(
  db: Kysely<Schema>,
): Pick<Store, 'putAccounts' | 'accounts' | 'countAccounts' | 'account' | 'someAccounts' | 'dropAccountsExcept'> {
  return {
    async putAccounts(id, accounts) {
      // A statement must not write a key twice; the last of two rows for one account wins.
      const distinct = [...new Map(accounts.map((account) => [account.accountId, account])).values()]
      forgetText(db, id)
      for (let start = 0; start < distinct.length; start += accountsPerWrite)
        await writeChunk(db, id, distinct.slice(start, start + accountsPerWrite))
      forgetText(db, id)
    },
    accounts: (query) => readPage(db, query),
    async countAccounts(query) {
      const counted = sql<number | string | bigint>`count(*)`.as('matching')
      const alone = membersAlone(db, query)?.select(counted) ?? usersAlone(db, query)?.select(counted)
      if (alone !== undefined) return Number((await alone.executeTakeFirstOrThrow()).matching)
      let total = 0
      for await (const narrowed of narrowedBySearch(db, { sort: 'accountId', ...query })) {
        const select = accountsMatching(db, narrowed).select(counted)
        total += Number((await select.executeTakeFirstOrThrow()).matching)
      }
      return total
    },
    async account(id, accountId) {
      const row = await db
        .selectFrom('accounts')
        .select('doc')
        .where('snapshot_id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row === undefined ? undefined : fromDocument<Account>(row.doc)
    },
    someAccounts: (id, accountIds) => readSome(db, id, accountIds),
    async dropAccountsExcept(ids) {
      for (;;) {
        const stale = db.selectFrom('accounts').select('snapshot_id').limit(1)
        const row = await (ids.length === 0 ? stale : stale.where('snapshot_id', 'not in', ids)).executeTakeFirst()
        if (row === undefined) return
        await dropSnapshot(db, row.snapshot_id)
      }
    },
  }
}
