// The migration that stores the activity on each product: two columns, an index that sorts, and one that filters.

import type { Kysely } from 'kysely'
import { neverInactive } from './account-rows.js'
import { createIndex } from './create-table.js'
import { dialectOf } from './dialect.js'
import type { Schema } from './schema.js'
import { tables } from './tables.js'

type Column = 'last_active' | 'inactive_since'

// By a query of the table itself, which every engine permits.
const has = (db: Kysely<Schema>, column: Column): Promise<boolean> =>
  db
    .selectFrom('account_products')
    .select(column)
    .limit(1)
    .execute()
    .then(
      () => true,
      () => false,
    )

async function add(db: Kysely<Schema>, column: Column, value: number): Promise<void> {
  if (await has(db, column)) return
  const adding = db.schema
    .alterTable('account_products')
    .addColumn(column, 'bigint', (c) => c.notNull().defaultTo(value))
  await adding.execute().catch(async (error: unknown) => {
    // Another process may have added it in the meantime.
    if (!(await has(db, column))) throw error
  })
}

const index = (db: Kysely<Schema>, by: 'activity' | 'product'): Promise<void> =>
  createIndex(db, 'account_products', by, tables.account_products.indexes?.[by] ?? [])

/**
 * Existing rows count as unknown until the next sync: never active on the product, and never inactive on it.
 * Filling them from the documents would take longer than a host may have.
 */
export async function productActivity(db: Kysely<Schema>): Promise<void> {
  // The last of the three steps shows that all are done.
  if (!(await has(db, 'inactive_since'))) {
    await add(db, 'last_active', 0)
    await index(db, 'activity')
    await add(db, 'inactive_since', neverInactive)
  }
  // An older MySQL database keeps the narrower index: its rows are stored in the key and found there as well.
  if (dialectOf(db).name === 'mysql') return
  await db.schema.dropIndex('account_products_by_product').ifExists().execute()
  await index(db, 'product')
}
